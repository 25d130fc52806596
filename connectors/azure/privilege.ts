// https://learn.microsoft.com/en-us/graph/permissions-reference, https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/permissions-reference
import type { Privilege as Reach } from '../../src/connector/privilege.ts';
import { type PrivilegeLevel, privilegeLevels } from '../../src/model/record.ts';

/** With the calls that told of it. */
export type Privilege = Reach & { readonly operations: readonly string[] };

/** Whoever holds one of these can give themselves any role or permission. */
const adminPermissions = new Set([
  'AppRoleAssignment.ReadWrite.All',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'RoleManagement.ReadWrite.Directory',
]);
/** These lead there in a step or two: by a credential for an application, an eligible role, a way to sign in as somebody else. */
const escalatingPermissions = new Set([
  'Application.ReadWrite.All',
  'EntitlementManagement.ReadWrite.All',
  'PrivilegedAccess.ReadWrite.AzureADGroup',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  'RoleEligibilitySchedule.ReadWrite.Directory',
  'RoleManagementPolicy.ReadWrite.AzureADGroup',
  'RoleManagementPolicy.ReadWrite.Directory',
  'UserAuthenticationMethod.ReadWrite.All',
]);
/** What a signed-in person is asked for anyway. */
const signingIn = new Set(['email', 'offline_access', 'openid', 'profile']);

/** By its name: `Mail.Read` and `Reports.Read.All` read; what says anything else, or has no such name, counts as writing. */
export function levelOfPermission(permission: string): PrivilegeLevel {
  if (signingIn.has(permission)) return 'none';
  if (adminPermissions.has(permission)) return 'admin';
  if (escalatingPermissions.has(permission)) return 'escalation';
  return permission.split('.').some((part) => /^(?:Read|ReadBasic|ReadForUser|List)$/.test(part)) ? 'read' : 'write';
}

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const adminAction = /^microsoft\.directory\/(?:roleAssignments|roleDefinitions)\/(?:allProperties\/(?:allTasks|update)|create|update)$/;
const escalatingAction =
  /^microsoft\.directory\/(?:(?:applications|servicePrincipals)\/(?:allProperties\/(?:allTasks|update)|credentials\/update)|servicePrincipals\/appRoleAssignedTo\/update|users\/authenticationMethods\/(?:allProperties\/allTasks|create|standard\/(?:allTasks|update))|domains\/federation\/update|domains\/allProperties\/allTasks)$/;

/** How far a directory role reaches, by the actions that it allows. */
export function levelOfRole(templateId: string | undefined, actions: readonly string[]): PrivilegeLevel {
  if (templateId === globalAdministrator || actions.some((action) => adminAction.test(action))) return 'admin';
  if (actions.some((action) => escalatingAction.test(action))) return 'escalation';
  if (actions.some((action) => !action.toLowerCase().endsWith('/read'))) return 'write';
  return actions.length > 0 ? 'read' : 'none';
}

/** The furthest of them, with all grants that reach as far. */
export function furthest(grants: readonly Privilege[]): Privilege {
  const level = privilegeLevels.find((each) => grants.some((grant) => grant.level === each)) ?? 'none';
  const decisive = level === 'none' ? [] : grants.filter((grant) => grant.level === level);
  return {
    level,
    because: decisive.flatMap(({ because }) => because),
    operations: [...new Set(decisive.flatMap(({ operations }) => operations))],
  };
}

export function atMost(level: PrivilegeLevel, cap: PrivilegeLevel): PrivilegeLevel {
  return isAtLeast(level, cap) ? cap : level;
}

export function isAtLeast(level: PrivilegeLevel, other: PrivilegeLevel): boolean {
  return privilegeLevels.indexOf(level) <= privilegeLevels.indexOf(other);
}
