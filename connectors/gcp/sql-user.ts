import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, timeOrAbsent } from '../../src/connector/item.ts';
import { UnreachableError } from '../../src/connector/refusal.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, isSet, listIn, objectIn, textIn } from './answer.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { segment } from './reader.ts';
import { type Session, nameOr } from './session.ts';

// https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1beta4/users/list
export const sqlUserKind = defineKind({
  id: 'gcp.sql_user',
  title: 'Cloud SQL database user',
  record: 'identity',
  proves: 'Reads and writes in the databases of its instance as far as the database itself allows.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['users.list of the instance no longer shows it'], tokensLive: null },
    takesWith: ['gcp.sql_password'],
    leavesBehind: [],
  },
});
export const sqlPasswordKind = defineKind({
  id: 'gcp.sql_password',
  title: 'Password of a Cloud SQL database user',
  record: 'credential',
  proves: 'Whoever knows it signs in to the database as the user.',
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['the user is gone from users.list, or the database refuses the old password'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Raw = { readonly item: Json; readonly instance: string };

export const listSqlInstances = { call: call.listSqlInstances, permission: 'cloudsql.instances.list' };

export const sqlUser: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.sql_user',
  title: 'Users of Cloud SQL databases and their passwords',
  source: 'https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1beta4/users/list',
  level: 'project',
  kinds: [
    { kind: sqlUserKind, facts: { expiresAt: 'never', owner: 'not-offered' } },
    { kind: sqlPasswordKind, facts: { expiresAt: 'exposed', notBefore: 'never', owner: 'not-offered' } },
  ],
  operations: [
    listSqlInstances,
    {
      call: call.listSqlUsers,
      permission: 'cloudsql.users.list',
      fields: { expiresAt: 'passwordPolicy.status.passwordExpirationTime' },
    },
  ],
  async *list(session, look) {
    const { google, project } = session;
    yield* itemsOfInstances(session, look, async (instance) => {
      const answer = await google.get('sqladmin', `sql/v1beta4/projects/${project}/instances/${instance}/users`, {});
      return listIn(answer, 'items').map((item) => ({ item, instance }));
    });
  },
  normalize: ({ item, instance }, { session, observedAt }) => normalize(item, instance, session, observedAt),
});

/** Something of each instance; one that is stopped or closed hides no other. */
export async function* itemsOfInstances<Item>(
  { scope, sqlInstances }: Pick<Session, 'scope' | 'sqlInstances'>,
  look: Look,
  read: (instance: string) => Promise<readonly Item[]>,
): AsyncGenerator<readonly Item[]> {
  yield* itemsOfParts(look, {
    parts: instancesOf({ scope, sqlInstances }, look),
    width: 4,
    scopeOf: (item) => `sql-instance/${nameOr(item, 'name', 'unnamed')}`,
    read: (item) => read(segment(required(textIn(item, 'name'), 'name'))),
  });
}

/** Google leaves out the instances of a region that it cannot reach, and says so in a warning. */
async function* instancesOf({ scope, sqlInstances }: Pick<Session, 'scope' | 'sqlInstances'>, look: Look): AsyncGenerator<readonly Json[]> {
  for await (const answer of sqlInstances) {
    for (const warning of listIn(answer, 'warnings').filter((each) => textIn(each, 'code') === 'REGION_UNREACHABLE')) {
      const region = textIn(warning, 'region') ?? 'a region';
      look.gap(`${scope}/${region}`, new UnreachableError(`Cloud SQL could not reach ${region}`));
    }
    yield listIn(answer, 'items');
  }
}

function normalize(item: Json, instance: string, { scope, project }: Session, observedAt: string): readonly InventoryRecord[] {
  const name = required(textIn(item, 'name'), 'name');
  const host = textIn(item, 'host');
  const type = textIn(item, 'type') ?? 'BUILT_IN';
  const id = `projects/${project}/instances/${instance}/users/${name}${host === undefined ? '' : `@${host}`}`;
  const policy = objectIn(item, 'passwordPolicy');
  const status = objectIn(policy, 'status');
  const common = {
    provider: 'gcp',
    scope,
    status: isSet(status, 'locked') ? 'quarantined' : 'active',
    managedBy: type === 'CLOUD_IAM_SERVICE_ACCOUNT' || type === 'BUILT_IN' ? 'customer' : 'service',
    lastUsedAt: unknown('not-offered'),
    createdAt: unknown('not-offered'),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    owners: [],
    tags: {},
  } as const;
  const own = identity({
    ...common,
    id,
    kind: sqlUserKind.id,
    name: `${name} on ${instance}`,
    expiresAt: absent(),
    evidence: [{ operation: call.listSqlUsers, observedAt, fields: ['status'] }],
    details: described({ instance, host, type, iamEmail: textIn(item, 'iamEmail') }),
  });
  // The other types sign in with tokens of Google.
  if (type !== 'BUILT_IN') return [own];
  const password = credential({
    ...common,
    id: `${id}/password`,
    kind: sqlPasswordKind.id,
    name: `${name} on ${instance}`,
    identity: known(id),
    rotatedAt: unknown('not-offered'),
    expiresAt: timeOrAbsent(textIn(status, 'passwordExpirationTime')),
    notBefore: absent(),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    evidence: [{ operation: call.listSqlUsers, observedAt, fields: ['identity', 'status', 'expiresAt'] }],
    details: described({
      instance,
      expiresAfter: textIn(policy, 'passwordExpirationDuration'),
      dualPassword: textIn(item, 'dualPasswordType'),
    }),
  });
  return [own, password];
}
