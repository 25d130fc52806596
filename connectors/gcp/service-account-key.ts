import { type Look, type Seen, type Surface, type SurfaceKind, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, type Known, type Unknown, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { type Activities, type LastUse, lastUseOf } from './activity.ts';
import { type Json, isSet, listIn, textIn } from './answer.ts';
import { type KeyTimes, exposuresOf, keyStatus, keyTimes } from './key-life.ts';
import { call } from './operation.ts';
import { type Account, learnActivities, listServiceAccounts, readAccount } from './service-account.ts';
import type { Session } from './session.ts';

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
      owner: 'not-offered',
    },
  },
];

type Raw = {
  readonly item: Json;
  readonly account: Account;
  readonly activities: Known<Activities> | Unknown;
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
  ],
  list,
  normalize: (raw, seen) => [normalize(raw, seen)],
});

const accountsAtOnce = 10;

/**
 * One call for each service account, since keys have no list of their own. A service account that cannot be read is a gap and hides
 * no other; when none can be read, the surface itself is refused, in one row and not in hundreds.
 */
async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  const unread: Unread[] = [];
  let hasRead = false;
  for await (const page of session.serviceAccounts) {
    const keys: { readonly item: Json; readonly account: Account }[] = [];
    for await (const result of fanOut(page, accountsAtOnce, (item) => keysOf(session, look, item))) {
      if ('error' in result) unread.push(result);
      else {
        hasRead = true;
        for (const item of result.items) keys.push({ item, account: result.account });
      }
    }
    if (!hasRead) continue;
    for (const { scope, error } of unread.splice(0)) look.gap(scope, error);
    const activities =
      keys.length === 0 ? unknown('not-looked') : await learnActivities(session, look, 'serviceAccountKeyLastAuthentication');
    yield keys.map(({ item, account }) => ({ item, account, activities }));
  }
  if (unread[0]) throw unread[0].error;
}

type Unread = { readonly scope: string; readonly error: unknown };

async function keysOf(session: Session, look: Look, item: Json): Promise<{ account: Account; items: readonly Json[] } | Unread> {
  try {
    const account = readAccount(item);
    const path = `serviceAccounts/${encodeURIComponent(account.email)}/keys`;
    // Google rotates SYSTEM_MANAGED keys by itself, and nobody can hold one.
    const answer = await session.get('iam', path, { keyTypes: 'USER_MANAGED' }, look.signal);
    return { account, items: listIn(answer, 'keys') };
  } catch (error) {
    const email = item['email'];
    return {
      scope: `service-account/${typeof email === 'string' && email !== '' ? email : 'unnamed'}`,
      error,
    };
  }
}

function normalize({ item, account, activities }: Raw, { session, observedAt }: Seen<Session>): Credential {
  const name = required(textIn(item, 'name'), 'name');
  const id = required(/\/keys\/([^/]+)$/.exec(name)?.[1], 'a key id in its name');
  const times = keyTimes(item);
  const use = lastUseOf(activities, [`${account.uniqueId}/keys/${id}`, `${account.email}/keys/${id}`]);
  const disabled = { isDisabled: isSet(item, 'disabled'), isAccountDisabled: account.isDisabled };
  return credential({
    id: name,
    kind: serviceAccountKeyKind.id,
    provider: 'gcp',
    scope: `project/${session.project}`,
    name: id,
    status: keyStatus(times.expiresAt, disabled, observedAt),
    managedBy: textIn(item, 'keyType') === 'SYSTEM_MANAGED' ? 'provider' : 'customer',
    identity: known(account.name),
    ...times,
    lastUsedAt: use.lastUsedAt,
    purpose: unknown('not-offered'),
    privilege: unknown('not-looked', 'the allow policies that name its service account are not read'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: evidenceOf(times, use, observedAt),
    details: detailsOf(item, account),
  });
}

function evidenceOf(times: KeyTimes, { lastUsedAt, asOf }: LastUse, observedAt: Instant): readonly Provenance[] {
  const told = Object.entries(times).flatMap(([field, fact]: [string, Fact<unknown>]) => (fact.state === 'unknown' ? [] : [field]));
  const watched = { operation: call.queryServiceAccountKeyUse, observedAt: asOf ?? observedAt, fields: ['lastUsedAt'] };
  return [
    { operation: call.listServiceAccounts, observedAt, fields: ['identity', 'status'] },
    { operation: call.listServiceAccountKeys, observedAt, fields: ['status', ...told] },
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
