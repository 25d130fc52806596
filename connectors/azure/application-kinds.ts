import { defineKind } from '../../src/model/kind.ts';

export const appRegistration = defineKind({
  id: 'azure.app_registration',
  title: 'Entra app registration',
  record: 'identity',
  proves: 'An application of this tenant; its credentials sign in as its service principal.',
  remedy: { delete: 'az ad app delete --id {id}' },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    actor: 'workload',
    revocation: { seen: ['application absent', 'application absent from directory/deletedItems'], tokensLive: '28h' },
    takesWith: ['azure.app_secret', 'azure.app_certificate', 'azure.federated_credential', 'azure.service_principal'],
    leavesBehind: ['azure.keyvault_secret'],
  },
});
export const appSecret = defineKind({
  id: 'azure.app_secret',
  title: 'Client secret of an app registration',
  record: 'credential',
  proves: 'Whoever holds the value signs in as the application.',
  remedy: {
    rotate: 'az ad app credential reset --id {identity} --append',
    delete: 'az ad app credential delete --id {identity} --key-id {id}',
  },
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'bearer',
    actor: 'workload',
    revocation: { seen: ['keyId absent from passwordCredentials'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: [
      'azure.app_certificate',
      'azure.sp_secret',
      'azure.sp_certificate',
      'azure.federated_credential',
      'azure.keyvault_secret',
    ],
  },
});
export const appCertificate = defineKind({
  id: 'azure.app_certificate',
  title: 'Certificate of an app registration',
  record: 'credential',
  proves: 'Whoever holds the private key signs in as the application.',
  remedy: { delete: 'az ad app credential delete --id {identity} --key-id {id} --cert' },
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'possession',
    actor: 'workload',
    revocation: { seen: ['keyId absent from keyCredentials'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.app_secret', 'azure.sp_secret', 'azure.sp_certificate', 'azure.federated_credential', 'azure.keyvault_secret'],
  },
});
