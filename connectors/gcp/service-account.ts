import { type Look, type Operation, type Seen, type Surface, type SurfaceKind, defineSurface } from '../../src/connector/contract.ts';
import { type Known, type Unknown, absent, known, unknown } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { creatorOf, namesOf, readAccount } from './account.ts';
import { type Holdings, openHoldings, privilegeOf } from './account-privilege.ts';
import { type Restraint, openRestraints } from './account-restraint.ts';
import { listBoundaries, searchBindings } from './access-boundary.ts';
import { type Json, described, textIn } from './answer.ts';
import { getDenyPolicy, listDenyPolicies } from './deny-policy.ts';
import { type Uses, latestUseOf, openUses } from './last-use.ts';
import { call } from './operation.ts';
import { learnProject, scopeOfProject } from './project.ts';
import type { FoundAccount } from './found-account.ts';
import { type Session, nameOr } from './session.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/list
export const serviceAccountKind = defineKind({
  id: 'gcp.service_account',
  title: 'Google Cloud service account',
  record: 'identity',
  proves: 'A workload that acts with the roles granted to the service account.',
  remedy: {
    disable: 'gcloud iam service-accounts disable {name} --project={scope.project}',
    delete: 'gcloud iam service-accounts delete {name} --project={scope.project}',
  },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    actor: 'workload',
    revocation: {
      // A read by the wildcard project `-` answers 403 for what is gone, so it proves nothing.
      seen: ['projects.serviceAccounts.get under its project shows it disabled, or answers 404'],
      // Tokens of a disabled or deleted service account are refused at once.
      tokensLive: null,
    },
    takesWith: ['gcp.service_account_key'],
    leavesBehind: [],
  },
});

const kinds: readonly SurfaceKind[] = [
  {
    kind: serviceAccountKind,
    facts: {
      createdAt: 'not-offered',
      lastUsedAt: 'exposed',
      expiresAt: 'never',
      purpose: 'exposed',
      privilege: 'exposed',
      owner: 'from-tags',
    },
  },
];

const privilege = { facts: ['privilege'] as const };
/** What tells how far service accounts reach. */
export const privilegeOperations: readonly Operation[] = [
  { call: call.getAncestry, permission: 'resourcemanager.projects.get', ...privilege },
  { call: call.getProjectPolicy, permission: 'resourcemanager.projects.getIamPolicy', ...privilege },
  { call: call.getFolderPolicy, permission: 'resourcemanager.folders.getIamPolicy', ...privilege },
  { call: call.getOrganizationPolicy, permission: 'resourcemanager.organizations.getIamPolicy', ...privilege },
  { call: call.getProjectRole, permission: 'iam.roles.get', ...privilege },
  { call: call.getOrganizationRole, permission: 'iam.roles.get', ...privilege },
];

/** The second source of last use. */
export const countUses: Operation = { call: call.listTimeSeries, permission: 'monitoring.timeSeries.list', facts: ['lastUsedAt'] };

export const listServiceAccounts = {
  call: call.listServiceAccounts,
  permission: 'iam.serviceAccounts.list',
  fields: { status: 'disabled', purpose: 'description' },
};

type RawAccount = FoundAccount & { readonly uses: Uses; readonly holdings: Holdings; readonly restraint: Restraint };
type Raw = RawAccount | { readonly project: Known<Json> | Unknown };

export const serviceAccount: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.service_account',
  title: 'Service accounts',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/list',
  level: 'project',
  kinds,
  operations: [
    listServiceAccounts,
    {
      call: call.queryServiceAccountUse,
      permission: 'policyanalyzer.serviceAccountLastAuthenticationActivities.query',
      facts: ['lastUsedAt'],
    },
    countUses,
    ...privilegeOperations,
    { call: call.getProject, permission: 'resourcemanager.projects.get', facts: ['owner'] },
    // Told beside the roles: a refusal costs no fact, and the row says so.
    ...[listDenyPolicies, getDenyPolicy, listBoundaries, searchBindings].map((operation) => ({ ...operation, facts: [] })),
  ],
  list,
  normalize: (raw, seen) => ['project' in raw ? scopeOfProject(raw.project, seen.session, seen.observedAt) : normalize(raw, seen)],
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  let { isTold, number } = session;
  const learnUses = openUses(session, look, 'serviceAccountLastAuthentication');
  const holdingsOf = openHoldings(session, look);
  const restraintOf = openRestraints(session, look);
  for await (const page of session.serviceAccounts) {
    // Only once the list can be read, so that a closed one stays one of which nothing was seen.
    if (!isTold) {
      const project = await learnProject(session, look);
      if (project.state === 'known') number = nameOr(project.value, 'name', '').replace(/^projects\//, '');
      yield [{ project }];
    }
    isTold = true;
    const { readAt } = page[0] ?? {};
    if (readAt !== undefined) look.remark(`told by Cloud Asset Inventory as of ${readAt}, and not listed by IAM`);
    const uses = await learnUses(page.map(({ item }) => ['uniqueId', 'email'].map((field) => nameOr(item, field, ''))));
    yield await Promise.all(
      page.map(async (each) => {
        const email = nameOr(each.item, 'email', '');
        return { ...each, uses, holdings: await holdingsOf(email), restraint: await restraintOf(email, number) };
      }),
    );
  }
}

function normalize({ item, readAt, uses, holdings, restraint }: RawAccount, { session, observedAt }: Seen<Session>): Identity {
  const account = readAccount(item);
  const use = latestUseOf(uses, namesOf(account), observedAt);
  const description = textIn(item, 'description');
  const creator = creatorOf(account.email);
  const listing = readAt === undefined ? call.listServiceAccounts : call.listAssets;
  const evidence: Provenance[] = [
    { operation: listing, observedAt: readAt ?? observedAt, fields: ['name', 'status', 'purpose'] },
    ...use.evidence,
    ...holdings.evidence,
    ...restraint.evidence,
  ];
  const { privilege: reach, privileges = [] } = privilegeOf(holdings);
  const statements = [...privileges, ...restraint.told];
  return identity({
    id: account.name,
    kind: serviceAccountKind.id,
    provider: 'gcp',
    scope: session.scope,
    name: account.email,
    status: account.isDisabled ? 'inactive' : 'active',
    managedBy: creator === undefined ? 'customer' : 'service',
    createdAt: unknown('not-offered'),
    lastUsedAt: use.lastUsedAt,
    expiresAt: absent(),
    purpose: description === undefined ? absent() : known(description),
    privilege: reach,
    ...(statements.length === 0 ? {} : { privileges: statements }),
    owners: [],
    // Google gives service accounts no labels.
    tags: {},
    evidence,
    details: described({
      uniqueId: account.uniqueId,
      displayName: textIn(item, 'displayName'),
      defaultOf: creator,
      lastUseWatchedBy: use.watchedBy,
      ...restraint.details,
    }),
  });
}
