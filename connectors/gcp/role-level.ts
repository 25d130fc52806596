import { type Fact, known, unknown } from '../../src/model/fact.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';

// https://cloud.google.com/iam/docs/roles-overview
// https://cloud.google.com/iam/docs/service-account-permissions

/** Its holder gives itself any other role. */
const admin = /^roles\/(?:owner|iam\.securityAdmin|resourcemanager\.(?:projectIamAdmin|organizationAdmin|folderAdmin|folderIamAdmin))$/;
/** Its holder becomes another identity, makes keys for one, or widens a role that it has. The basic role Editor may act as every service account. */
const escalation =
  /^roles\/(?:editor|iam\.(?:serviceAccount(?:Admin|User|TokenCreator|OpenIdTokenCreator|KeyAdmin)|workloadIdentity(?:User|PoolAdmin)|roleAdmin|organizationRoleAdmin)|resourcemanager\.tagAdmin|deploymentmanager\.editor|cloudbuild\.builds\.editor|composer\.admin)$/;
const reading = /(?:^roles\/(?:viewer|browser)$|[vV]iewer$|[rR]eader$|[aA]uditor$|[rR]eviewer$|[lL]ist(?:er)?$)/;

/** How far a role of Google's reaches, by its name. */
export function levelOfRole(role: string): Fact<PrivilegeLevel> {
  if (isCustom(role)) return unknown('not-looked', `what the custom role ${role} allows is written in the role`);
  if (admin.test(role)) return known('admin');
  if (escalation.test(role)) return known('escalation');
  return known(reading.test(role) ? 'read' : 'write');
}

export function isCustom(role: string): boolean {
  return !role.startsWith('roles/');
}

// https://cloud.google.com/iam/docs/best-practices-service-accounts#lateral-movement
const adminPermission = /^resourcemanager\.(?:projects|folders|organizations)\.setIamPolicy$/;
const escalationPermission =
  /^(?:iam\.serviceAccounts\.(?:actAs|getAccessToken|getOpenIdToken|implicitDelegation|signBlob|signJwt)|iam\.serviceAccountKeys\.create|iam\.roles\.update|iam\.googleapis\.com\/workloadIdentityPoolProviders\.(?:create|update)|storage\.hmacKeys\.create|deploymentmanager\.deployments\.(?:create|update)|cloudbuild\.builds\.create|orgpolicy\.policy\.set|.+\.setIamPolicy)$/;
const readingPermission = /\.(?:get|list|search|query|read|view|check|test|analyze|export)[A-Z]?[A-Za-z]*$/;

/** How far a custom role reaches, by what it allows. */
export function levelOfPermissions(permissions: readonly string[]): PrivilegeLevel {
  if (permissions.some((permission) => adminPermission.test(permission))) return 'admin';
  if (permissions.some((permission) => escalationPermission.test(permission))) return 'escalation';
  if (permissions.length === 0) return 'none';
  return permissions.every((permission) => readingPermission.test(permission)) ? 'read' : 'write';
}
