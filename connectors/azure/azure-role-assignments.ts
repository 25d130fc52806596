// https://learn.microsoft.com/en-us/azure/governance/resource-graph/samples/samples-by-table#authorizationresources
import { sharedPages } from '../../src/connector/shared-pages.ts';
import { levelOfActions } from './azure-role.ts';
import { type Held, heldBy } from './held.ts';
import { type Json, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import { type Privilege, atMost } from './privilege.ts';
import { resourcePages, resourcesOperation } from './resource-graph.ts';
import type { Session } from './session.ts';

/** Definitions of roles are named by subscription in one place and by tenant in another; their last part is the same. */
const roleKey = (field: string) => `tolower(extract('[^/]+$', 0, tostring(${field})))`;
const query = [
  "authorizationresources | where type =~ 'microsoft.authorization/roleassignments'",
  `extend roleKey = ${roleKey('properties.roleDefinitionId')}`,
  `join kind=leftouter (authorizationresources | where type =~ 'microsoft.authorization/roledefinitions' | extend roleKey = ${roleKey('id')} | summarize role = take_any(tostring(properties.roleName)), permissions = take_any(properties.permissions) by roleKey) on roleKey`,
  'project id, role, permissions, principalId = properties.principalId, principalType = properties.principalType, assignedTo = properties.scope, createdOn = properties.createdOn, description = properties.description, condition = properties.condition',
  'order by id asc',
].join(' | ');

/** Pages of all role assignments with their roles, asked for once for all surfaces. */
export const azureRoleAssignments = oncePerSession((session: Session) => sharedPages(pagesOf(session)));

async function* pagesOf(session: Session): AsyncGenerator<readonly Json[], undefined> {
  // Without the filter, assignments at management groups above the subscriptions are left out.
  yield* resourcePages(session, query, 'role assignments', 'AtScopeAboveAndBelow');
}

/** Azure roles by the principal that holds them itself; what comes through a group is not among them. */
export const heldAzureRoles = oncePerSession(
  (session: Session): Promise<Held> => heldBy(azureRoleAssignments(session), 'principalId', reachOfAzureRole),
);

/** Below a subscription a role is no way to the rest. One whose definition could not be read counts as writing. */
function reachOfAzureRole({ role, permissions, assignedTo }: Json): Privilege {
  const scope = text(assignedTo) ?? 'an unknown scope';
  const told = levelOfActions(permissions);
  const level = told.state === 'known' ? told.value : 'write';
  return {
    level: isWide(scope) ? level : atMost(level, 'write'),
    because: [`Azure role: ${text(role) ?? 'unknown'} over ${scope}`],
    operations: [resourcesOperation.call],
  };
}

function isWide(scope: string): boolean {
  return /^\/(?:subscriptions\/[^/]+|providers\/microsoft\.management\/managementgroups\/[^/]+)?$/i.test(scope);
}
