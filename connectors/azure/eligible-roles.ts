// https://learn.microsoft.com/en-us/graph/api/rbacapplication-list-roleeligibilityscheduleinstances
import type { Operation } from '../../src/connector/contract.ts';
import { directoryRoles, reachOfAssignment } from './directory-roles.ts';
import { type Held, heldBy } from './held.ts';
import { oncePerSession } from './once-per-session.ts';
import { classify } from './refusal.ts';
import type { Session } from './session.ts';

export const eligibleRolesOperation = {
  call: 'GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances',
  permission: 'RoleEligibilitySchedule.Read.Directory',
} as const satisfies Operation;

/**
 * Directory roles that somebody can switch on by themselves, by who can. Only people can: a service principal has no way to. Without the
 * licence for it there is nobody who could: eligible assignments go with the licence.
 * https://learn.microsoft.com/en-us/entra/id-governance/licensing-fundamentals
 */
export const eligibleRoles = oncePerSession(async (session: Session): Promise<Held> => {
  const [graph, roles] = await Promise.all([session.graph(), directoryRoles(session)]);
  const address = `${eligibleRolesOperation.call.slice(4)}?$select=id,principalId,roleDefinitionId,directoryScopeId`;
  try {
    return await heldBy(graph.pages(address, '@odata.nextLink', session.signal), 'principalId', (row) => {
      const { level, because } = reachOfAssignment(row, roles);
      return { level, because: because.map((each) => `eligible ${each}`), operations: [eligibleRolesOperation.call] };
    });
  } catch (error) {
    if (classify(error)?.why !== 'not-licensed') throw error;
    return new Map();
  }
});
