import type { Connector } from '../../src/connector/contract.ts';
import { acrToken } from './acr-token.ts';
import { agentIdentity } from './agent-identity.ts';
import { apiManagement } from './api-management.ts';
import { appRoleAssignment } from './app-role-assignment.ts';
import { application } from './application.ts';
import { automationAsset } from './automation-asset.ts';
import { blindSpots } from './blind-spots.ts';
import { deletedObject } from './deleted-object.ts';
import { deletedResource } from './deleted-resource.ts';
import { deletedVaultObject } from './deleted-vault-object.ts';
import { directoryRoleAssignment } from './directory-role-assignment.ts';
import { federatedCredential } from './federated-credential.ts';
import { keyvaultCertificate } from './keyvault-certificate.ts';
import { keyvaultKey } from './keyvault-key.ts';
import { keyvaultSecret } from './keyvault-secret.ts';
import { managedIdentityFederation } from './managed-identity-federation.ts';
import { oauth2Grant } from './oauth2-grant.ts';
import { operationOf } from './operation-of.ts';
import { permissionDocument } from './permission-document.ts';
import { lackingOf, permitted } from './permissions.ts';
import { publishingProfile } from './publishing-profile.ts';
import { rbacRoleAssignment } from './rbac-role-assignment.ts';
import { redisEnterpriseKey } from './redis-enterprise-key.ts';
import { classify } from './refusal.ts';
import { sasRule } from './sas-rule.ts';
import { serviceAccountUsers } from './service-account-user.ts';
import { serviceCertificate } from './service-certificate.ts';
import { serviceKey } from './service-key.ts';
import { servicePrincipal } from './service-principal.ts';
import { type Session, places } from './session.ts';
import { type Settings, settings } from './settings.ts';
import { storageLocalUser } from './storage-local-user.ts';
import { storageSasPolicy } from './storage-sas-policy.ts';
import { subscription } from './subscription.ts';
import { vmSshKey } from './vm-ssh-key.ts';

export const azure: Connector<Session, Settings> = {
  id: 'azure',
  title: 'Microsoft Entra ID and Azure',
  settings,
  places: ['tenants'],
  environment: [
    { name: 'AZURE_TENANT_ID', meaning: 'tenant to log in to and to look at' },
    { name: 'AZURE_CLIENT_ID', meaning: 'application or user-assigned managed identity that looks' },
    { name: 'AZURE_CLIENT_SECRET', meaning: 'its secret' },
    { name: 'AZURE_CLIENT_CERTIFICATE_PATH', meaning: 'its certificate with private key, in PEM' },
    { name: 'AZURE_CLIENT_CERTIFICATE_PASSWORD', meaning: 'the password of that file' },
    { name: 'AZURE_FEDERATED_TOKEN_FILE', meaning: 'token file of workload identity federation' },
    { name: 'ACTIONS_ID_TOKEN_REQUEST_URL', meaning: 'set in jobs of GitHub Actions with `id-token: write`' },
    { name: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', meaning: 'the same' },
    { name: 'SYSTEM_OIDCREQUESTURI', meaning: 'set in jobs of Azure Pipelines' },
    { name: 'SYSTEM_ACCESSTOKEN', meaning: 'the token of such a job, where it is handed to the step' },
    { name: 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID', meaning: 'the service connection that vouches for it' },
    { name: 'AZURESUBSCRIPTION_CLIENT_ID', meaning: 'its application, where AZURE_CLIENT_ID is not set' },
    { name: 'AZURESUBSCRIPTION_TENANT_ID', meaning: 'its tenant, where none is named' },
    { name: 'AZURE_AUTHORITY_HOST', meaning: 'address of the token endpoint in other clouds' },
  ],
  // Scopes before what lives in them, identities before what is theirs: blueprints before the credentials that stand on them as applications.
  surfaces: [
    subscription,
    agentIdentity,
    application,
    servicePrincipal,
    deletedObject,
    serviceAccountUsers,
    federatedCredential,
    managedIdentityFederation,
    appRoleAssignment,
    oauth2Grant,
    directoryRoleAssignment,
    rbacRoleAssignment,
    keyvaultSecret,
    keyvaultKey,
    keyvaultCertificate,
    deletedVaultObject,
    serviceKey,
    serviceCertificate,
    deletedResource,
    sasRule,
    acrToken,
    storageSasPolicy,
    storageLocalUser,
    redisEnterpriseKey,
    apiManagement,
    publishingProfile,
    automationAsset,
    vmSshKey,
  ].map(permitted),
  blindSpots,
  permissionDocument,
  connect: places,
  lacking: lackingOf,
  classify,
  operationOf,
};
