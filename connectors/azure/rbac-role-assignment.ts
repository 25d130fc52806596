// https://learn.microsoft.com/en-us/azure/governance/resource-graph/samples/samples-by-table#authorizationresources
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { grant } from '../../src/model/grant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { azureRoleAssignments } from './azure-role-assignments.ts';
import { levelOfActions } from './azure-role.ts';
import { type Json, described, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { scopeOfAddress } from './resource-scope.ts';
import type { Session } from './session.ts';

export const rbacRoleAssignmentKind = defineKind({
  id: 'azure.rbac_role_assignment',
  title: 'Azure role assignment',
  record: 'grant',
  proves: 'Its principal does at this scope, and in all below it, what the role allows.',
  remedy: { delete: 'az role assignment delete --ids {id}' },
  traits: {
    expiry: 'optional',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['assignment absent from roleAssignments'], tokensLive: '24h' },
    takesWith: [],
    leavesBehind: ['azure.app_role_assignment', 'azure.directory_role_assignment', 'azure.oauth2_grant'],
  },
});

export const rbacRoleAssignment = defineSurface<Session, Json>({
  id: 'azure.rbac_role_assignment',
  title: 'Azure role assignments',
  source: 'https://learn.microsoft.com/en-us/rest/api/authorization/role-assignments/list-for-subscription',
  level: 'tenant',
  kinds: [{ kind: rbacRoleAssignmentKind, facts: { createdAt: 'exposed', privilege: 'exposed', purpose: 'exposed' } }],
  operations: [resourcesOperation],
  list: azureRoleAssignments,
  normalize,
});

function normalize(row: Json, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const role = text(row['role']);
  const words = text(row['description']);
  const assignedTo = required(text(row['assignedTo']), 'scope');
  const permission = role === undefined ? unknown('not-offered', 'the definition of its role could not be read') : known(role);
  return [
    grant({
      id: required(text(row['id']), 'id'),
      kind: rbacRoleAssignmentKind.id,
      provider: 'azure',
      scope: scopeOfAddress(session, assignedTo),
      name: `${role ?? 'role'} at ${assignedTo === '/' ? 'root' : (assignedTo.split('/').at(-1) ?? assignedTo)}`,
      status: 'active',
      managedBy: 'customer',
      identity: known(required(text(row['principalId']), 'principalId')),
      permission,
      createdAt: time(text(row['createdOn'])),
      lastUsedAt: unknown('not-offered', 'only the activity log of each subscription has it'),
      expiresAt: unknown('not-offered', 'schedules of Privileged Identity Management are not in Resource Graph'),
      purpose: words === undefined ? absent() : known(words),
      privilege: levelOfActions(row['permissions']),
      ...(role === undefined ? {} : { privileges: [`Azure role: ${role}`] }),
      owners: [],
      tags: {},
      evidence: [
        { operation: resourcesOperation.call, observedAt, fields: ['identity', 'permission', 'createdAt', 'privilege', 'purpose'] },
      ],
      details: described({ assignedTo, principalType: row['principalType'], condition: row['condition'] }),
    }),
  ];
}
