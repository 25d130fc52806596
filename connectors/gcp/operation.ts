import type { WireRequest } from '../../src/connector/wire.ts';

/** The calls this connector makes, by the names of Google's discovery documents. */
export const call = {
  listServiceAccounts: 'iam.projects.serviceAccounts.list',
  listServiceAccountKeys: 'iam.projects.serviceAccounts.keys.list',
  getServiceAccountPolicy: 'iam.projects.serviceAccounts.getIamPolicy',
  listWorkloadIdentityPools: 'iam.projects.locations.workloadIdentityPools.list',
  listWorkloadIdentityProviders: 'iam.projects.locations.workloadIdentityPools.providers.list',
  listWorkloadIdentityProviderKeys: 'iam.projects.locations.workloadIdentityPools.providers.keys.list',
  listNamespaces: 'iam.projects.locations.workloadIdentityPools.namespaces.list',
  listManagedIdentities: 'iam.projects.locations.workloadIdentityPools.namespaces.managedIdentities.list',
  listDenyPolicies: 'iam.policies.listPolicies',
  getDenyPolicy: 'iam.policies.get',
  listAccessBoundaries: 'iam.organizations.locations.principalAccessBoundaryPolicies.list',
  searchBoundaryBindings: 'iam.organizations.locations.principalAccessBoundaryPolicies.searchPolicyBindings',
  listOauthClients: 'iam.projects.locations.oauthClients.list',
  listOauthClientCredentials: 'iam.projects.locations.oauthClients.credentials.list',
  listWorkforcePools: 'iam.locations.workforcePools.list',
  listWorkforceProviders: 'iam.locations.workforcePools.providers.list',
  listWorkforceProviderKeys: 'iam.locations.workforcePools.providers.keys.list',
  listScimTenants: 'iam.locations.workforcePools.providers.scimTenants.list',
  listScimTokens: 'iam.locations.workforcePools.providers.scimTenants.tokens.list',
  queryServiceAccountUse: 'policyanalyzer.activities.query/serviceAccountLastAuthentication',
  queryServiceAccountKeyUse: 'policyanalyzer.activities.query/serviceAccountKeyLastAuthentication',
  getProject: 'cloudresourcemanager.projects.get',
  getProjectPolicy: 'cloudresourcemanager.projects.getIamPolicy',
  getFolderPolicy: 'cloudresourcemanager.folders.getIamPolicy',
  getOrganizationPolicy: 'cloudresourcemanager.organizations.getIamPolicy',
  getProjectRole: 'iam.projects.roles.get',
  getOrganizationRole: 'iam.organizations.roles.get',
  getAncestry: 'cloudresourcemanager.projects.getAncestry',
  listProjects: 'cloudresourcemanager.projects.list',
  listFolders: 'cloudresourcemanager.folders.list',
  listAssets: 'cloudasset.assets.list',
  listTimeSeries: 'monitoring.projects.timeSeries.list',
  listApiKeys: 'apikeys.projects.locations.keys.list',
  listSecrets: 'secretmanager.projects.secrets.list',
  listSecretVersions: 'secretmanager.projects.secrets.versions.list',
  listRegionalSecrets: 'secretmanager.projects.locations.secrets.list',
  listRegionalSecretVersions: 'secretmanager.projects.locations.secrets.versions.list',
  listHmacKeys: 'storage.projects.hmacKeys.list',
  listKmsKeys: 'kmsinventory.projects.cryptoKeys.list',
  listCertificates: 'certificatemanager.projects.locations.certificates.list',
  listSslCertificates: 'compute.sslCertificates.aggregatedList',
  listSqlInstances: 'sql.instances.list',
  listSqlUsers: 'sql.users.list',
  listSqlCertificates: 'sql.sslCerts.list',
  listAuthProviders: 'agentidentity.projects.locations.authProviders.list',
  listAuthorizations: 'agentidentity.projects.locations.authProviders.authorizations.list',
  listAccessSummaries: 'agentidentity.projects.locations.accessSummaries.list',
  listGitConnections: 'developerconnect.projects.locations.connections.list',
  listBuildConnections: 'cloudbuild.projects.locations.connections.list',
} as const;

/** Paths without the address, which may be a private endpoint; `*` is one segment. */
const paths: readonly (readonly [string, string])[] = [
  ['GET v1/projects/*/serviceAccounts', call.listServiceAccounts],
  ['GET v1/projects/*/serviceAccounts/*/keys', call.listServiceAccountKeys],
  ['POST v1/projects/*/serviceAccounts/*:getIamPolicy', call.getServiceAccountPolicy],
  ['GET v1/projects/*/locations/*/workloadIdentityPools', call.listWorkloadIdentityPools],
  ['GET v1/projects/*/locations/*/workloadIdentityPools/*/providers', call.listWorkloadIdentityProviders],
  ['GET v1/projects/*/locations/*/workloadIdentityPools/*/providers/*/keys', call.listWorkloadIdentityProviderKeys],
  ['GET v1/projects/*/locations/*/workloadIdentityPools/*/namespaces', call.listNamespaces],
  ['GET v1/projects/*/locations/*/workloadIdentityPools/*/namespaces/*/managedIdentities', call.listManagedIdentities],
  ['GET v2/policies/*/denypolicies', call.listDenyPolicies],
  ['GET v2/policies/*/denypolicies/*', call.getDenyPolicy],
  ['GET v3/organizations/*/locations/*/principalAccessBoundaryPolicies', call.listAccessBoundaries],
  ['GET v3/organizations/*/locations/*/principalAccessBoundaryPolicies/*:searchPolicyBindings', call.searchBoundaryBindings],
  ['GET v1/projects/*/locations/*/oauthClients', call.listOauthClients],
  ['GET v1/projects/*/locations/*/oauthClients/*/credentials', call.listOauthClientCredentials],
  ['GET v1/locations/*/workforcePools', call.listWorkforcePools],
  ['GET v1/locations/*/workforcePools/*/providers', call.listWorkforceProviders],
  ['GET v1/locations/*/workforcePools/*/providers/*/keys', call.listWorkforceProviderKeys],
  ['GET v1/locations/*/workforcePools/*/providers/*/scimTenants', call.listScimTenants],
  ['GET v1/locations/*/workforcePools/*/providers/*/scimTenants/*/tokens', call.listScimTokens],
  ['GET v1/*/*/locations/*/activityTypes/serviceAccountLastAuthentication/activities:query', call.queryServiceAccountUse],
  ['GET v1/*/*/locations/*/activityTypes/serviceAccountKeyLastAuthentication/activities:query', call.queryServiceAccountKeyUse],
  ['POST v3/projects/*:getIamPolicy', call.getProjectPolicy],
  ['POST v3/folders/*:getIamPolicy', call.getFolderPolicy],
  ['POST v3/organizations/*:getIamPolicy', call.getOrganizationPolicy],
  ['GET v1/projects/*/roles/*', call.getProjectRole],
  ['GET v1/organizations/*/roles/*', call.getOrganizationRole],
  ['POST v1/projects/*:getAncestry', call.getAncestry],
  ['GET v3/projects/*', call.getProject],
  ['GET v3/projects', call.listProjects],
  ['GET v3/folders', call.listFolders],
  ['GET v1/*/*/assets', call.listAssets],
  ['GET v3/projects/*/timeSeries', call.listTimeSeries],
  ['GET v2/projects/*/locations/*/keys', call.listApiKeys],
  ['GET v1/projects/*/secrets', call.listSecrets],
  ['GET v1/projects/*/secrets/*/versions', call.listSecretVersions],
  ['GET v1/projects/*/locations/*/secrets', call.listRegionalSecrets],
  ['GET v1/projects/*/locations/*/secrets/*/versions', call.listRegionalSecretVersions],
  ['GET storage/v1/projects/*/hmacKeys', call.listHmacKeys],
  ['GET v1/projects/*/cryptoKeys', call.listKmsKeys],
  ['GET v1/projects/*/locations/*/certificates', call.listCertificates],
  ['GET compute/v1/projects/*/aggregated/sslCertificates', call.listSslCertificates],
  ['GET sql/v1beta4/projects/*/instances', call.listSqlInstances],
  ['GET sql/v1beta4/projects/*/instances/*/users', call.listSqlUsers],
  ['GET sql/v1beta4/projects/*/instances/*/sslCerts', call.listSqlCertificates],
  ['GET v1/projects/*/locations/*/authProviders', call.listAuthProviders],
  ['GET v1/projects/*/locations/*/authProviders/*/authorizations', call.listAuthorizations],
  ['GET v1/projects/*/locations/*/accessSummaries', call.listAccessSummaries],
  ['GET v1/projects/*/locations/*/connections', call.listGitConnections],
  ['GET v2/projects/*/locations/*/connections', call.listBuildConnections],
];
const calls = paths.map(([path, name]) => {
  const [method = '', rest = ''] = path.split(' ');
  const pattern = rest
    .split('*')
    .map((part) => part.replaceAll(/[.:]/g, String.raw`\$&`))
    .join('[^/]+');
  return { method, pattern: new RegExp(`/${pattern}$`), name };
});

/** The paths of what is audited; logins ask elsewhere. */
const audited = /\/(?:v\d\w*)\/(?:projects|organizations|folders|locations|policies)(?:\/|:|$)/;

/** Any request that is neither declared nor a login is named as it is, so that it is seen. */
export function operationOf({ method, url }: Pick<WireRequest, 'method' | 'url'>): string {
  const { pathname } = new URL(url);
  const path = decodeURIComponent(pathname);
  const known = calls.find((each) => each.method === method && each.pattern.test(path));
  if (known) return known.name;
  const isLogin = !audited.test(path) || path.endsWith(':generateAccessToken');
  return isLogin ? '' : `${method} ${pathname}`;
}
