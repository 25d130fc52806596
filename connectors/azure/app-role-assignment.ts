// https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list-approleassignedto
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { grant } from '../../src/model/grant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Api, apis, appRolesOperation, assignmentsOf, permissionOf, reachOfPermission } from './app-roles.ts';
import { type Json, described, text } from './json.ts';
import { listPrincipals } from './principal-pages.ts';
import type { Session } from './session.ts';
import { textTime } from './text-time.ts';

export const appRoleAssignmentKind = defineKind({
  id: 'azure.app_role_assignment',
  title: 'Application permission (app role of an API)',
  record: 'grant',
  proves: 'Its service principal may do this to all that the API holds, with nobody signed in.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['assignment absent from appRoleAssignedTo'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.oauth2_grant', 'azure.directory_role_assignment'],
  },
});

type Item = { readonly assignment: Json; readonly api: Api };

export const appRoleAssignment = defineSurface<Session, Item>({
  id: 'azure.app_role_assignment',
  title: 'Application permissions of Microsoft Graph and of all other APIs',
  source: 'https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list-approleassignedto',
  level: 'tenant',
  kinds: [{ kind: appRoleAssignmentKind, facts: { createdAt: 'exposed', expiresAt: 'never', privilege: 'exposed' } }],
  operations: [listPrincipals, appRolesOperation],
  list,
  normalize,
});

/** A page for each API; one that is refused is a gap, and leaves the others. */
async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  for (const api of await apis(session)) {
    if (api.assigned.status === 'rejected') look.gap(`api/${api.name}`, api.assigned.reason);
    else yield assignmentsOf(api).map((assignment) => ({ assignment, api }));
  }
}

function normalize({ assignment: raw, api }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const holder = required(text(raw['principalId']), 'principalId');
  const permission = permissionOf(raw, api);
  return [
    grant({
      id: required(text(raw['id']), 'id'),
      kind: appRoleAssignmentKind.id,
      provider: 'azure',
      scope: session.scope,
      name: `${permission} of ${text(raw['principalDisplayName']) ?? holder}`,
      status: 'active',
      managedBy: 'customer',
      identity: known(holder),
      permission: known(permission),
      createdAt: textTime(raw['createdDateTime']),
      lastUsedAt: unknown('not-offered', 'Graph does not say when a permission was used'),
      expiresAt: absent(),
      purpose: unknown('not-offered'),
      privilege: known(reachOfPermission(raw, api).level),
      owners: [],
      tags: {},
      evidence: [
        { operation: appRolesOperation.call, observedAt, fields: ['identity', 'createdAt'] },
        { operation: listPrincipals.call, observedAt, fields: ['permission', 'privilege'] },
      ],
      details: described({ resource: raw['resourceDisplayName'], principalType: raw['principalType'] }),
    }),
  ];
}
