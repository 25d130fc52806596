import type { Connector } from '../../src/connector/contract.ts';
import { accessBoundary } from './access-boundary.ts';
import { blindSpots } from './blind-spots.ts';
import { denyPolicy } from './deny-policy.ts';
import { hmacKey } from './hmac-key.ts';
import { workloadIdentityPool } from './workload-identity-pool.ts';
import { workloadIdentityProvider } from './workload-identity-provider.ts';
import { workloadIdentityProviderKey } from './workload-identity-provider-key.ts';
import { serviceAccountAccess } from './service-account-access.ts';
import { managedWorkloadIdentity } from './managed-workload-identity.ts';
import { apiKey } from './api-key.ts';
import { secret } from './secret.ts';
import { kmsKey } from './kms-key.ts';
import { iamOauthClient } from './iam-oauth-client.ts';
import { certificate } from './certificate.ts';
import { sslCertificate } from './ssl-certificate.ts';
import { sqlUser } from './sql-user.ts';
import { sqlClientCertificate } from './sql-client-certificate.ts';
import { gitConnection } from './git-connection.ts';
import { buildConnection } from './build-connection.ts';
import { agentAuthProvider } from './agent-auth-provider.ts';
import { workforcePool } from './workforce-pool.ts';
import { workforceProvider } from './workforce-provider.ts';
import { workforceProviderKey } from './workforce-provider-key.ts';
import { scimToken } from './scim-token.ts';
import { project } from './project.ts';
import { operationOf } from './operation.ts';
import { permissionDocument } from './permission-document.ts';
import { classify } from './refusal.ts';
import { serviceAccountKey } from './service-account-key.ts';
import { serviceAccount } from './service-account.ts';
import { type AnySession, connect } from './connect.ts';
import { type Settings, settingsSchema } from './settings.ts';

export { operationOf };

export const gcp: Connector<AnySession, Settings> = {
  id: 'gcp',
  title: 'Google Cloud',
  settings: settingsSchema,
  places: ['projects', 'folders', 'organizations', 'secretLocations'],
  environment: [
    {
      name: 'GOOGLE_APPLICATION_CREDENTIALS',
      meaning: 'Credential file of the login; default: the one of `gcloud auth application-default login`.',
    },
    {
      name: 'GOOGLE_CLOUD_PROJECT',
      meaning: 'Project to read when connectors.gcp.projects names none.',
    },
    {
      name: 'GOOGLE_CLOUD_QUOTA_PROJECT',
      meaning: 'Project whose quota serves the requests, unless connectors.gcp.quotaProject names one.',
    },
  ],
  surfaces: [
    project,
    serviceAccount,
    serviceAccountKey,
    hmacKey,
    workloadIdentityPool,
    workloadIdentityProvider,
    workloadIdentityProviderKey,
    serviceAccountAccess,
    managedWorkloadIdentity,
    apiKey,
    secret,
    kmsKey,
    iamOauthClient,
    certificate,
    sslCertificate,
    sqlUser,
    sqlClientCertificate,
    gitConnection,
    buildConnection,
    agentAuthProvider,
    workforcePool,
    workforceProvider,
    workforceProviderKey,
    scimToken,
    denyPolicy,
    accessBoundary,
  ],
  blindSpots,
  permissionDocument,
  connect,
  classify,
  operationOf,
};
