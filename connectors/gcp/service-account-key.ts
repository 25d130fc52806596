import { type Look, type Seen, type Surface, type SurfaceKind, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, type Known, type Unknown, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { type Roles, learnRoles, privilegeOf } from './account-privilege.ts';
import { type Activities, type LastUse, lastUseOf } from './activity.ts';
import { type Json, isSet, listIn, textIn } from './answer.ts';
import { type KeyTimes, exposuresOf, keyStatus, keyTimes } from './key-life.ts';
import { needsReading } from './asset-inventory.ts';
import { call } from './operation.ts';
import { type Account, getProjectPolicy, learnActivities, listServiceAccounts, readAccount } from './service-account.ts';
import { itemsOfParts } from './parts.ts';
import { segment } from './reader.ts';
import { type Session, nameOr } from './session.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys/list
export const serviceAccountKeyKind = defineKind({
  id: 'gcp.service_account_key',
  title: 'Google Cloud service account key',
  record: 'credential',
  proves: 'Its holder signs in as the service account, from anywhere.',
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'possession',
    revocation: {
      // keys.list is eventually consistent: one read without the key may only be early.
      seen: ['projects.serviceAccounts.keys.list shows it disabled, or lacks it in two reads some minutes apart'],
      tokensLive: '1h',
    },
    takesWith: [],
    leavesBehind: [],
  },
});

const kinds: readonly SurfaceKind[] = [
  {
    kind: serviceAccountKeyKind,
    facts: {
      createdAt: 'exposed',
      rotatedAt: 'exposed',
      lastUsedAt: 'exposed',
      expiresAt: 'exposed',
      notBefore: 'exposed',
      privilege: 'exposed',
      owner: 'not-offered',
    },
  },
];

type Raw = {
  readonly item: Json;
  readonly account: Account;
  /** Set where Cloud Asset Inventory told of it, as of then. */
  readonly readAt?: Instant;
  readonly activities: Known<Activities> | Unknown;
  readonly roles: Known<Roles> | Unknown;
};

export const serviceAccountKey: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.service_account_key',
  title: 'Service account keys',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys/list',
  level: 'project',
  kinds,
  operations: [
    listServiceAccounts,
    {
      call: call.listServiceAccountKeys,
      permission: 'iam.serviceAccountKeys.list',
    },
    {
      call: call.queryServiceAccountKeyUse,
      permission: 'policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query',
      facts: ['lastUsedAt'],
    },
    getProjectPolicy,
    { call: call.listAssets, permission: 'cloudasset.assets.listResource' },
  ],
  list,
  normalize: (raw, seen) => [normalize(raw, seen)],
});

const accountsAtOnce = 10;

/** One call for each service account, since IAM has no list of keys; the inventory, where it is used, tells which ones need none. */
async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  const keys = itemsOfParts(look, {
    parts: session.serviceAccounts,
    width: accountsAtOnce,
    scopeOf: (item) => `service-account/${nameOr(item, 'email', 'unnamed')}`,
    read: (item) => keysOf(session, item, look.now()),
  });
  for await (const page of keys) {
    const activities =
      page.length === 0 ? unknown('not-looked') : await learnActivities(session, look, 'serviceAccountKeyLastAuthentication');
    const roles = page.length === 0 ? unknown('not-looked') : await learnRoles(session, look);
    yield page.map((key) => ({ ...key, activities, roles }));
  }
}

async function keysOf(
  { project, google, inventory }: Session,
  item: Json,
  now: Instant,
): Promise<readonly Omit<Raw, 'activities' | 'roles'>[]> {
  const account = readAccount(item);
  const listed = await inventory?.();
  if (listed?.projects.has(project) === true) {
    const keys = listed.keys.get(account.email) ?? [];
    if (!keys.some((key) => needsReading(key, now))) return keys.map((key) => ({ ...key, account }));
  }
  // Google rotates SYSTEM_MANAGED keys by itself, and nobody can hold one.
  const answer = await google.get('iam', `v1/projects/${project}/serviceAccounts/${segment(account.email)}/keys`, {
    keyTypes: 'USER_MANAGED',
  });
  return listIn(answer, 'keys').map((each) => ({ item: each, account }));
}

function normalize({ item, account, readAt, activities, roles }: Raw, { session, observedAt }: Seen<Session>): Credential {
  const name = required(textIn(item, 'name'), 'name');
  const id = required(/\/keys\/([^/]+)$/.exec(name)?.[1], 'a key id in its name');
  const times = keyTimes(item);
  const use = lastUseOf(activities, [`${account.uniqueId}/keys/${id}`, `${account.email}/keys/${id}`]);
  const reach = privilegeOf(roles, account.email, session.project);
  const disabled = { isDisabled: isSet(item, 'disabled'), isAccountDisabled: account.isDisabled };
  return credential({
    id: name,
    kind: serviceAccountKeyKind.id,
    provider: 'gcp',
    scope: session.scope,
    name: id,
    status: keyStatus(times.expiresAt, disabled, observedAt),
    managedBy: textIn(item, 'keyType') === 'SYSTEM_MANAGED' ? 'provider' : 'customer',
    identity: known(account.name),
    ...times,
    lastUsedAt: use.lastUsedAt,
    purpose: unknown('not-offered'),
    ...reach,
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [
      ...evidenceOf(times, use, observedAt, readAt),
      ...(reach.privilege.state === 'unknown' ? [] : [{ operation: call.getProjectPolicy, observedAt, fields: ['privilege'] }]),
    ],
    details: detailsOf(item, account),
  });
}

function evidenceOf(
  times: KeyTimes,
  { lastUsedAt, asOf }: LastUse,
  observedAt: Instant,
  readAt: Instant | undefined,
): readonly Provenance[] {
  const told = Object.entries(times).flatMap(([field, fact]: [string, Fact<unknown>]) => (fact.state === 'unknown' ? [] : [field]));
  const watched = { operation: call.queryServiceAccountKeyUse, observedAt: asOf ?? observedAt, fields: ['lastUsedAt'] };
  return [
    { operation: call.listServiceAccounts, observedAt, fields: ['identity', 'status'] },
    readAt === undefined
      ? { operation: call.listServiceAccountKeys, observedAt, fields: ['status', ...told] }
      : { operation: call.listAssets, observedAt: readAt, fields: ['status', ...told] },
    ...(lastUsedAt.state === 'unknown' ? [] : [watched]),
  ];
}

function detailsOf(item: Json, account: Account): Record<string, string> {
  const algorithm = textIn(item, 'keyAlgorithm');
  const origin = textIn(item, 'keyOrigin');
  return {
    serviceAccount: account.email,
    ...(origin === undefined ? {} : { origin: origins[origin] ?? origin }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...exposuresOf(item),
  };
}

const origins: Readonly<Record<string, string>> = { GOOGLE_PROVIDED: 'made by Google', USER_PROVIDED: 'uploaded' };
