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

/** How far a role reaches. What a custom role allows is written in the role, which is not read. */
export function levelOfRole(role: string): Fact<PrivilegeLevel> {
  if (!role.startsWith('roles/')) return unknown('not-looked', `what the custom role ${role} allows is not read`);
  if (admin.test(role)) return known('admin');
  if (escalation.test(role)) return known('escalation');
  return known(reading.test(role) ? 'read' : 'write');
}
