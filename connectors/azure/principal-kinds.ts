import { defineKind } from '../../src/model/kind.ts';

/** What disappears with a service principal, whatever stands behind it. */
const grants = ['azure.oauth2_grant', 'azure.app_role_assignment', 'azure.directory_role_assignment'] as const;

export const servicePrincipalKind = defineKind({
  id: 'azure.service_principal',
  title: 'Service principal (enterprise application)',
  record: 'identity',
  proves: 'An application or a vendor, as it acts in this tenant.',
  remedy: { disable: 'az ad sp update --id {id} --set accountEnabled=false', delete: 'az ad sp delete --id {id}' },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    actor: 'workload',
    revocation: { seen: ['service principal absent', 'service principal absent from directory/deletedItems'], tokensLive: '28h' },
    takesWith: ['azure.sp_secret', 'azure.sp_certificate', 'azure.saml_signing_certificate', ...grants],
    leavesBehind: ['azure.app_registration', 'azure.app_secret', 'azure.app_certificate', 'azure.federated_credential'],
  },
});
export const managedIdentityKind = defineKind({
  id: 'azure.managed_identity',
  title: 'Managed identity',
  record: 'identity',
  proves: 'An Azure resource, as it acts in this tenant; the platform keeps its certificates.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    actor: 'workload',
    revocation: { seen: ['resource absent', 'service principal absent'], tokensLive: '24h' },
    takesWith: ['azure.sp_certificate', 'azure.federated_credential', ...grants],
    // Azure keeps the assignments of a principal that is gone, as those of an unknown identity.
    leavesBehind: ['azure.rbac_role_assignment'],
  },
});
export const spSecret = defineKind({
  id: 'azure.sp_secret',
  title: 'Client secret of a service principal',
  record: 'credential',
  proves: 'Whoever holds the value signs in as the service principal. The portal does not show it.',
  remedy: {
    rotate: 'az ad sp credential reset --id {identity} --append',
    delete: 'az ad sp credential delete --id {identity} --key-id {id}',
  },
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'bearer',
    actor: 'workload',
    revocation: { seen: ['keyId absent from passwordCredentials'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: [
      'azure.sp_certificate',
      'azure.app_secret',
      'azure.app_certificate',
      'azure.federated_credential',
      'azure.keyvault_secret',
    ],
  },
});
export const spCertificate = defineKind({
  id: 'azure.sp_certificate',
  title: 'Certificate of a service principal',
  record: 'credential',
  proves: 'Whoever holds the private key signs in as the service principal.',
  remedy: { delete: 'az ad sp credential delete --id {identity} --key-id {id} --cert' },
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'possession',
    actor: 'workload',
    revocation: { seen: ['keyId absent from keyCredentials'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.sp_secret', 'azure.app_secret', 'azure.app_certificate', 'azure.federated_credential', 'azure.keyvault_secret'],
  },
});
/** Three objects in Graph, one credential: see saml.ts. */
export const samlCertificate = defineKind({
  id: 'azure.saml_signing_certificate',
  title: 'SAML signing certificate',
  record: 'credential',
  proves: 'Whoever holds the private key signs anybody in to the application that trusts it.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: {
      seen: ['keyId absent from keyCredentials', 'thumbprint no longer trusted by the application'],
      tokensLive: null,
    },
    takesWith: [],
    leavesBehind: ['azure.sp_secret', 'azure.sp_certificate'],
  },
});
