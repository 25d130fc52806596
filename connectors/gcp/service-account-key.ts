import { type Look, type Seen, type Surface, type SurfaceKind, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, type Known, type Unknown, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { type Account, namesOf, readAccount } from './account.ts';
import { type Holdings, openHoldings, privilegeOf } from './account-privilege.ts';
import type { Activities } from './activity.ts';
import { type Json, entryOf, isSet, listIn, textIn } from './answer.ts';
import { keysOfCustomer, needsKeys, remarkOn } from './confirmation.ts';
import { type KeyTimes, exposuresOf, keyStatus, keyTimes } from './key-life.ts';
import { type LatestUse, type Uses, latestUseOf, openUses } from './last-use.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { segment } from './reader.ts';
import { countUses, listServiceAccounts, privilegeOperations } from './service-account.ts';
import { type Session, nameOr } from './session.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys/list
export const serviceAccountKeyKind = defineKind({
  id: 'gcp.service_account_key',
  title: 'Google Cloud service account key',
  record: 'credential',
  proves: 'Its holder signs in as the service account, from anywhere.',
  remedy: {
    disable: 'gcloud iam service-accounts keys disable {id/-1} --iam-account={id/3} --project={scope.project}',
    delete: 'gcloud iam service-accounts keys delete {id/-1} --iam-account={id/3} --project={scope.project}',
  },
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'possession',
    actor: 'workload',
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

type Key = {
  readonly item: Json;
  readonly account: Account;
  /** Set where Cloud Asset Inventory told of it, as of then. */
  readonly readAt?: Instant;
};
type Raw = Key & { readonly uses: Uses; readonly holdings: Holdings };

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
      fields: {
        status: 'disabled',
        createdAt: 'validAfterTime',
        rotatedAt: 'validAfterTime',
        notBefore: 'validAfterTime',
        expiresAt: 'validBeforeTime',
      },
    },
    {
      call: call.queryServiceAccountKeyUse,
      permission: 'policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query',
      facts: ['lastUsedAt'],
    },
    countUses,
    ...privilegeOperations,
  ],
  list,
  normalize: (raw, seen) => [normalize(raw, seen)],
});

const accountsAtOnce = 10;

/** One call for each service account, since IAM has no list of keys; the inventory, where it is used, tells which ones need none. */
async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  const learnUses = openUses(session, look, 'serviceAccountKeyLastAuthentication');
  const holdingsOf = openHoldings(session, look);
  const watch = { activities: await learnActivities(session, look), now: look.now() };
  const unasked: Instant[] = [];
  const keys = itemsOfParts(look, {
    parts: session.serviceAccounts,
    width: accountsAtOnce,
    scopeOf: ({ item }) => `service-account/${nameOr(item, 'email', 'unnamed')}`,
    async read({ item, listed }) {
      const account = readAccount(item);
      if (!listed || needsKeys(listed, session.keyAge, watch)) return readKeys(session, account);
      const found = keysOfCustomer(listed);
      if (found.length === 0) unasked.push(listed.readAt);
      return found.map((each) => ({ item: each, account, readAt: listed.readAt }));
    },
  });
  for await (const page of keys) {
    const uses = await learnUses(page.map(namesOfKey));
    yield await Promise.all(page.map(async (key) => ({ ...key, uses, holdings: await holdingsOf(key.account.email) })));
  }
  remarkOn(look, unasked, 'without a key');
}

/** Only the inventory is held against them: without it, nothing is asked before there are keys. */
async function learnActivities(session: Session, look: Look): Promise<Known<Activities> | Unknown> {
  if (!(await session.listed())) return unknown('not-looked');
  const activities = await look.learn(async () => known(await session.activitiesAtFirst('serviceAccountKeyLastAuthentication')));
  return activities.state === 'absent' ? unknown('not-offered') : activities;
}

async function readKeys({ project, google }: Session, account: Account): Promise<readonly Key[]> {
  // Google rotates SYSTEM_MANAGED keys by itself, and nobody can hold one.
  const answer = await google.get('iam', `v1/projects/${project}/serviceAccounts/${segment(account.email)}/keys`, {
    keyTypes: 'USER_MANAGED',
  });
  return listIn(answer, 'keys').map((item) => ({ item, account }));
}

function namesOfKey({ item, account }: Key): readonly string[] {
  const id = nameOr(item, 'name', '').replace(/^.*\/keys\//, '');
  return namesOf(account).map((name) => `${name}/keys/${id}`);
}

function normalize({ item, account, readAt, uses, holdings }: Raw, { session, observedAt }: Seen<Session>): Credential {
  const id = required(/\/keys\/([^/]+)$/.exec(required(textIn(item, 'name'), 'name'))?.[1], 'a key id in its name');
  const times = keyTimes(item);
  const use = latestUseOf(uses, namesOfKey({ item, account }), observedAt);
  const disabled = { isDisabled: isSet(item, 'disabled'), isAccountDisabled: account.isDisabled };
  return credential({
    // The inventory may name the service account by its unique id.
    id: `${account.name}/keys/${id}`,
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
    ...privilegeOf(holdings),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [...evidenceOf(times, use, observedAt, readAt), ...holdings.evidence],
    details: detailsOf(item, account, use),
  });
}

function evidenceOf(times: KeyTimes, use: LatestUse, observedAt: Instant, readAt: Instant | undefined): readonly Provenance[] {
  const told = Object.entries(times).flatMap(([field, fact]: [string, Fact<unknown>]) => (fact.state === 'unknown' ? [] : [field]));
  return [
    { operation: call.listServiceAccounts, observedAt, fields: ['identity', 'status'] },
    readAt === undefined
      ? { operation: call.listServiceAccountKeys, observedAt, fields: ['status', ...told] }
      : { operation: call.listAssets, observedAt: readAt, fields: ['status', ...told] },
    ...use.evidence,
  ];
}

function detailsOf(item: Json, account: Account, { watchedBy }: LatestUse): Record<string, string> {
  const algorithm = textIn(item, 'keyAlgorithm');
  const origin = textIn(item, 'keyOrigin');
  return {
    serviceAccount: account.email,
    ...(origin === undefined ? {} : { origin: entryOf(origins, origin) ?? origin }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(watchedBy === undefined ? {} : { lastUseWatchedBy: watchedBy }),
    ...exposuresOf(item),
  };
}

const origins: Readonly<Record<string, string>> = { GOOGLE_PROVIDED: 'made by Google', USER_PROVIDED: 'uploaded' };
