import type { IAM } from '@aws-sdk/client-iam';
import type { Budget } from '../../src/connector/pace.ts';
import type { ConnectContext, Place } from '../../src/connector/contract.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { type AuthorizationPage, authorizationPages } from './authorization-details.ts';
import { iamBudget, serviceBudget } from './budget.ts';
import type { CredentialReport } from './credential-report.ts';
import { requestCredentialReport } from './credential-report-request.ts';
import { type ClientConfig, type Credentials, type Login, assumeRole, clientConfig, logIn } from './login.ts';
import type { AccountSettings, Settings } from './settings.ts';
import { sharedPages } from './shared-pages.ts';

/** IAM of one account. */
export type AccountSession = {
  readonly scope: string;
  readonly iam: IAM;
  /** Read once for all surfaces. */
  readonly authorizationDetails: AsyncIterable<AuthorizationPage>;
  /** Asked for once, by whoever needs it first. */
  credentialReport(): Promise<CredentialReport>;
  readonly service: Service;
};
/** The regional services of one region of an account. */
export type RegionSession = {
  readonly scope: string;
  readonly region: string;
  /** All that this run looks at in the account. */
  readonly regions: readonly string[];
  readonly service: Service;
};
/**
 * The client of one service, made once a place. The surface brings the import, so that the SDK of a service that nobody looks at
 * is never loaded.
 */
export type Service = <Client>(load: () => Promise<new (config: ClientConfig) => Client>, budget?: Budget) => Promise<Client>;
export type AwsSession = AccountSession | RegionSession;

/** The account of the login, or those of the settings, each followed by its regions. */
export async function* connect(settings: Settings, context: ConnectContext): AsyncGenerator<Place<AwsSession>> {
  const login = await logIn(settings, context);
  const regions = settings.regions ?? [login.region];
  const accounts = (settings.accounts ?? [{ id: login.account }]).map((account) => ({
    id: account.id,
    credentials: credentialsFor(account, login),
  }));
  for (const { id, credentials } of accounts) {
    const scope = `account/${id}`;
    yield { level: 'account', scope, open: () => openAccount(scope, credentials, login) };
    for (const region of regions) {
      const place = `${scope}/${region}`;
      yield { level: 'region', scope: place, open: () => openRegion(place, { region, regions, credentials, login }) };
    }
  }
}

function credentialsFor({ id, role, ...options }: AccountSettings, login: Login): Credentials {
  if (role === undefined && id === login.account) return login.credentials;
  if (role === undefined) {
    throw new OperatorError('config-invalid', {
      message: `account ${id} is not the account of the login (${login.account}), and names no role`,
      hint: 'add `role` to the account under connectors.aws.accounts',
    });
  }
  const arn = role.startsWith('arn:') ? role : `arn:${login.partition}:iam::${id}:role/${role}`;
  if (arn.split(':')[4] !== id)
    throw new OperatorError('config-invalid', { message: `account ${id} names a role of another account: ${arn}` });
  return assumeRole({ arn, ...options }, login);
}

async function openAccount(scope: string, credentials: Credentials, login: Login): Promise<AccountSession> {
  await credentials();
  const { IAM } = await import('@aws-sdk/client-iam');
  const iam = new IAM(clientConfig({ ...login, credentials, wire: login.context.wire(budgetOf(iamBudget, scope, login)) }));
  const { context } = login;
  let report: Promise<CredentialReport> | undefined;
  return {
    scope,
    iam,
    authorizationDetails: sharedPages(authorizationPages(iam, context.signal)),
    credentialReport: () => (report ??= requestCredentialReport({ iam, context })),
    service: serviceOf(scope, login.region, credentials, login),
  };
}

type RegionPlace = {
  readonly region: string;
  readonly regions: readonly string[];
  readonly credentials: Credentials;
  readonly login: Login;
};

async function openRegion(scope: string, { region, regions, credentials, login }: RegionPlace): Promise<RegionSession> {
  await credentials();
  return { scope, region, regions, service: serviceOf(scope, region, credentials, login) };
}

/** Requests to several accounts differ in their signature only, which no recording has. */
function budgetOf(budget: Budget, scope: string, { settings }: Login): Budget {
  return (settings.accounts?.length ?? 1) > 1 ? { ...budget, scope } : budget;
}

function serviceOf(scope: string, region: string, credentials: Credentials, login: Login): Service {
  const made = new Map<unknown, unknown>();
  return async (load, budget = serviceBudget) => {
    const Client = await load();
    const before = made.get(Client);
    if (before instanceof Client) return before;
    const client = new Client(clientConfig({ ...login, region, credentials, wire: login.context.wire(budgetOf(budget, scope, login)) }));
    made.set(Client, client);
    return client;
  };
}
