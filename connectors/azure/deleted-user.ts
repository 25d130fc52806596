// https://learn.microsoft.com/en-us/graph/api/directory-deleteditems-list
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { unknown } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import { goneAt } from './directory-deletion.ts';
import { type Json, described, text } from './json.ts';
import { heuristicOf, serviceAccountWord } from './service-account-name.ts';
import { serviceAccountUser } from './service-account-user.ts';
import type { Session } from './session.ts';
import { textTime } from './text-time.ts';

export const deletedUsers = {
  call: 'GET /v1.0/directory/deletedItems/microsoft.graph.user',
  permission: 'User.Read.All',
} as const;
export const deletedUserFields = 'id,displayName,userPrincipalName,createdDateTime,deletedDateTime,employeeId,userType';

/** A deleted user that looks like a service account; of people the roster speaks. It comes back with its password. */
export function deletedUserOf(raw: Json, { session, observedAt }: Seen<Session>): readonly Identity[] {
  const id = required(text(raw['id']), 'id');
  const user = { ...raw, userPrincipalName: loginBefore(raw['userPrincipalName'], id) };
  if (serviceAccountWord(user) === undefined) return [];
  const deletedAt = textTime(raw['deletedDateTime']);
  const gone = unknown('not-looked', 'it is deleted');
  return [
    identity({
      id,
      kind: serviceAccountUser.id,
      provider: 'azure',
      scope: session.scope,
      name: text(user.userPrincipalName) ?? id,
      status: 'deleted-recoverable',
      managedBy: 'customer',
      createdAt: textTime(raw['createdDateTime']),
      lastUsedAt: gone,
      expiresAt: goneAt(deletedAt),
      statusSince: deletedAt,
      purpose: unknown('not-offered'),
      privilege: gone,
      owners: [],
      tags: {},
      evidence: [{ operation: deletedUsers.call, observedAt, fields: ['status', 'statusSince', 'expiresAt', 'createdAt'] }],
      details: described({ displayName: raw['displayName'], heuristic: heuristicOf(user), comesBackWith: 'its password' }),
    }),
  ];
}

/** The directory writes the object id before the name of whom it deletes, so that the name is free. */
function loginBefore(login: unknown, id: string): unknown {
  const prefix = id.replaceAll('-', '').toLowerCase();
  const name = text(login);
  return name?.toLowerCase().startsWith(prefix) === true ? name.slice(prefix.length) : name;
}
