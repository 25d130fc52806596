// https://learn.microsoft.com/en-us/graph/api/user-list, https://learn.microsoft.com/en-us/graph/api/resources/signinactivity
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Operation, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { privilegeFields } from '../../src/connector/privilege.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Answer, askBatch, batches, bodyOf } from './batch.ts';
import { directoryStatus } from './directory-status.ts';
import { type Json, described, isJson, text } from './json.ts';
import { type Reaches, reachEvidence, reachOf, reachOperations, reachesIn } from './reach.ts';
import { heuristicOf, serviceAccountWord } from './service-account-name.ts';
import type { Session } from './session.ts';
import { isNoTime, textTime } from './text-time.ts';

export const serviceAccountUser = defineKind({
  id: 'azure.service_account_user',
  title: 'User account used as a service account',
  record: 'identity',
  proves: 'A program signs in as this user, past the controls that are made for people.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['accountEnabled false', 'user absent', 'user absent from directory/deletedItems'], tokensLive: '28h' },
    takesWith: ['azure.user_password', 'azure.directory_role_assignment'],
    leavesBehind: ['azure.app_secret', 'azure.keyvault_secret'],
  },
});
export const userPassword = defineKind({
  id: 'azure.user_password',
  title: 'Password of a user account used as a service account',
  record: 'credential',
  proves: 'Whoever knows it signs in as the user.',
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    actor: 'person',
    revocation: { seen: ['lastPasswordChangeDateTime after the revocation', 'sessions revoked'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.keyvault_secret'],
  },
});

const listUsers = {
  call: 'GET /v1.0/users',
  permission: 'User.Read.All',
  fields: { createdAt: 'createdDateTime', rotatedAt: 'lastPasswordChangeDateTime' },
} as const;
/** Needs a P1 licence besides the permission. */
const signInActivity = {
  call: 'GET /v1.0/users/{id}',
  permission: 'AuditLog.Read.All',
  facts: ['lastUsedAt'],
} as const satisfies Operation;
const select =
  'id,displayName,userPrincipalName,accountEnabled,createdDateTime,employeeId,lastPasswordChangeDateTime,onPremisesSyncEnabled,passwordPolicies,userType';

type Item = { readonly user: Json; readonly lastUsedAt: Fact<Instant>; readonly reaches: Reaches };

export const serviceAccountUsers = defineSurface<Session, Item>({
  id: 'azure.service_account_user',
  title: 'User accounts that look like service accounts (by their name, without an employee)',
  source: 'https://learn.microsoft.com/en-us/graph/api/user-list',
  level: 'tenant',
  kinds: [
    {
      kind: serviceAccountUser,
      facts: { createdAt: 'exposed', lastUsedAt: 'exposed', expiresAt: 'never', privilege: 'exposed' },
    },
    { kind: userPassword, facts: { rotatedAt: 'exposed', lastUsedAt: 'exposed', expiresAt: 'exposed', privilege: 'exposed' } },
  ],
  operations: [listUsers, signInActivity, ...reachOperations('user')],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const [graph, reaches] = await Promise.all([session.graph(), reachesIn('user', session, look)]);
  for await (const page of graph.pages(`/v1.0/users?$top=999&$select=${select}`, '@odata.nextLink', look.signal)) {
    const users = page.filter((user) => text(user['id']) === undefined || serviceAccountWord(user) !== undefined);
    const used = await lastUseOf(
      users.flatMap(({ id }) => text(id) ?? []),
      session,
      look,
    );
    yield users.map((user) => ({ user, reaches, lastUsedAt: used.get(text(user['id']) ?? '') ?? unknown('not-looked') }));
  }
}

/** Asked for these few alone: selecting it in the list would cost the whole list where the licence or permission lacks. */
async function lastUseOf(ids: readonly string[], session: Session, look: Look): Promise<ReadonlyMap<string, Fact<Instant>>> {
  const used = new Map<string, Fact<Instant>>();
  for (const batch of batches(ids)) {
    const answers = await look.learn(async () => known(await askBatch(batch.map(addressOf), session)));
    for (const [index, id] of batch.entries()) {
      used.set(
        id,
        answers.state === 'known' ? await look.learn(async () => Promise.resolve(lastUse(answers.value[index]))) : notRead(answers),
      );
    }
  }
  return used;
}

function notRead(answers: Fact<unknown>): Fact<Instant> {
  return answers.state === 'unknown' ? answers : unknown('not-looked');
}

function addressOf(id: string): string {
  return `/users/${encodeURIComponent(id)}?$select=id,signInActivity`;
}

/** Of a successful sign-in: `lastSignInDateTime` counts attempts that failed too. */
function lastUse(answer: Answer): Fact<Instant> {
  const { signInActivity: activity } = bodyOf(answer);
  const last = isJson(activity) ? activity['lastSuccessfulSignInDateTime'] : undefined;
  return isNoTime(last) ? unknown('not-offered', 'no successful sign-in is recorded since December 2023') : textTime(last);
}

function normalize({ user: raw, lastUsedAt, reaches }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const id = required(text(raw['id']), 'id');
  const name = text(raw['userPrincipalName']) ?? id;
  const status = directoryStatus(raw);
  const reach = reachOf(id, reaches);
  const place = { provider: 'azure', scope: session.scope, status, managedBy: 'customer', owners: [], tags: {} } as const;
  const used = lastUsedAt.state === 'known' ? [{ operation: signInActivity.call, observedAt, fields: ['lastUsedAt'] }] : [];
  const reached = reachEvidence(reach, observedAt);
  const neverExpires = text(raw['passwordPolicies'])?.includes('DisablePasswordExpiration') === true;
  return [
    identity({
      ...place,
      id,
      kind: serviceAccountUser.id,
      name,
      createdAt: textTime(raw['createdDateTime']),
      lastUsedAt,
      expiresAt: absent(),
      purpose: unknown('not-offered'),
      ...privilegeFields(reach),
      evidence: [{ operation: listUsers.call, observedAt, fields: ['status', 'createdAt'] }, ...used, ...reached],
      details: described({
        displayName: raw['displayName'],
        heuristic: heuristicOf(raw),
        synchronised: raw['onPremisesSyncEnabled'],
      }),
    }),
    credential({
      ...place,
      id: `${id}/password`,
      kind: userPassword.id,
      name: `password of ${name}`,
      identity: known(id),
      createdAt: unknown('not-offered'),
      rotatedAt: textTime(raw['lastPasswordChangeDateTime']),
      lastUsedAt,
      expiresAt: neverExpires ? absent() : unknown('not-offered', 'the password policy of its domain decides'),
      notBefore: unknown('not-offered'),
      purpose: unknown('not-offered'),
      ...privilegeFields(reach),
      fingerprint: unknown('not-offered'),
      consumers: unknown('not-offered'),
      evidence: [{ operation: listUsers.call, observedAt, fields: ['status', 'rotatedAt', 'expiresAt'] }, ...used, ...reached],
      details: {},
    }),
  ];
}
