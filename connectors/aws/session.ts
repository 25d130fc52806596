import type { IAM } from '@aws-sdk/client-iam';
import { sharedPages } from '../../src/connector/shared-pages.ts';
import type { Duration } from '../../src/model/duration.ts';
import { type AuthorizationPage, authorizationPages } from './authorization-details.ts';
import { iamBudget, pagesAhead } from './budget.ts';
import type { CredentialReport } from './credential-report.ts';
import { requestCredentialReport } from './credential-report-request.ts';
import { type Attachable, attachable } from './held-policies.ts';
import { type Credentials, type Login, clientConfig } from './login.ts';
import type { OrganizationSession } from './organization.ts';
import type { RegionSession } from './region-session.ts';
import { type Service, budgetOf, serviceOf } from './service-clients.ts';

export type { RegionSession } from './region-session.ts';

/** IAM of one account. */
export type AccountSession = {
  readonly scope: string;
  /** Of the account itself, which is that of its root user. */
  readonly rootArn: string;
  readonly iam: IAM;
  /** IAM as the root user of the account, with the few reads of an audit, where the settings ask for it. */
  readonly root?: () => Promise<IAM>;
  /** Read once for all surfaces. */
  readonly authorizationDetails: AsyncIterable<AuthorizationPage>;
  /** Asked for once, by whoever needs it first. */
  credentialReport(): Promise<CredentialReport>;
  /** Older than this, the report is not believed about the use of keys. Undefined: as old as it is. */
  readonly maxReportAge: Duration | undefined;
  /** What users and roles hold by name, also asked for once. */
  attachable(): Promise<Attachable>;
  readonly service: Service;
};
export type AwsSession = OrganizationSession | AccountSession | RegionSession;

type AccountPlace = { readonly credentials: Credentials; readonly root?: Credentials; readonly login: Login };

export async function openAccount(scope: string, { credentials, root, login }: AccountPlace): Promise<AccountSession> {
  await credentials();
  const { IAM } = await import('@aws-sdk/client-iam');
  const { context } = login;
  const wire = context.wire(budgetOf(iamBudget, scope, login));
  const iamOf = (of: Credentials): IAM => new IAM(clientConfig({ ...login, credentials: of, wire }));
  const iam = iamOf(credentials);
  let report: Promise<CredentialReport> | undefined;
  let held: Promise<Attachable> | undefined;
  const details = sharedPages(authorizationPages(iam, context.signal), pagesAhead);
  return {
    scope,
    rootArn: `arn:${login.partition}:iam::${scope.slice(scope.indexOf('/') + 1)}:root`,
    iam,
    ...(root ? { root: () => root().then(() => iamOf(root)) } : {}),
    authorizationDetails: details,
    credentialReport: () => (report ??= requestCredentialReport({ iam, context })),
    maxReportAge: login.settings.maxReportAge,
    attachable() {
      // Whoever asks what is held goes on to who holds it.
      details.begin();
      return (held ??= attachable(iam, context.signal));
    },
    service: serviceOf(scope, login.region, credentials, login),
  };
}
