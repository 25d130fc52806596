// https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list-approleassignedto
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { grant } from '../../src/model/grant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { appRoles, appRolesOperation, graphPrincipalOperation, permissionOf } from './app-roles.ts';
import { graphTime } from './expiry.ts';
import { type Json, described, text } from './json.ts';
import { levelOfPermission } from './privilege.ts';
import type { Session } from './session.ts';

export const appRoleAssignmentKind = defineKind({
  id: 'azure.app_role_assignment',
  title: 'Application permission of Microsoft Graph',
  record: 'grant',
  proves: 'Its service principal may do this in the whole tenant, with nobody signed in.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['assignment absent from appRoleAssignedTo'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.oauth2_grant', 'azure.directory_role_assignment'],
  },
});

type Item = { readonly assignment: Json; readonly names: ReadonlyMap<string, string> };

export const appRoleAssignment = defineSurface<Session, Item>({
  id: 'azure.app_role_assignment',
  title: 'Application permissions of Microsoft Graph',
  source: 'https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list-approleassignedto',
  level: 'tenant',
  kinds: [{ kind: appRoleAssignmentKind, facts: { createdAt: 'exposed', expiresAt: 'never', privilege: 'exposed' } }],
  operations: [graphPrincipalOperation, appRolesOperation],
  list,
  normalize,
});

async function* list(session: Session): AsyncGenerator<readonly Item[]> {
  const { names, pages } = await appRoles(session);
  for await (const page of pages) yield page.map((assignment) => ({ assignment, names }));
}

function normalize({ assignment: raw, names }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const holder = required(text(raw['principalId']), 'principalId');
  const permission = permissionOf(raw, names);
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
      createdAt: graphTime(raw['createdDateTime']),
      lastUsedAt: unknown('not-offered', 'Graph does not say when a permission was used'),
      expiresAt: absent(),
      purpose: unknown('not-offered'),
      privilege: known(levelOfPermission(permission)),
      owners: [],
      tags: {},
      evidence: [
        { operation: appRolesOperation.call, observedAt, fields: ['identity', 'createdAt'] },
        { operation: graphPrincipalOperation.call, observedAt, fields: ['permission', 'privilege'] },
      ],
      details: described({ resource: raw['resourceDisplayName'], principalType: raw['principalType'] }),
    }),
  ];
}
