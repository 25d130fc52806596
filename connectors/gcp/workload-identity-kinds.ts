import { defineKind } from '../../src/model/kind.ts';

// https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers#disable-provider
export const workloadIdentityProviderKind = defineKind({
  id: 'gcp.workload_identity_provider',
  title: 'Workload identity provider',
  record: 'credential',
  proves: 'Whoever its issuer vouches for, and its condition lets through, gets a Google token as a principal of its pool.',
  remedy: {
    delete:
      'gcloud iam workload-identity-pools providers delete {id/-1} --workload-identity-pool={id/5} --location=global --project={scope.project}',
  },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'federated',
    actor: 'workload',
    // Tokens made before go on: only disabling the pool ends them.
    revocation: { seen: ['workloadIdentityPools.providers.list shows it disabled or DELETED'], tokensLive: '1h' },
    takesWith: ['gcp.workload_identity_certificate', 'gcp.workload_identity_signing_key', 'gcp.workload_identity_provider_key'],
    leavesBehind: ['gcp.workload_identity_binding'],
  },
});

export const workloadIdentityCertificateKind = defineKind({
  id: 'gcp.workload_identity_certificate',
  title: 'Certificate that a workload identity provider trusts',
  record: 'credential',
  proves: 'Whoever holds its private key vouches for any workload that the provider lets in.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    actor: 'workload',
    revocation: { seen: ['workloadIdentityPools.providers.list no longer shows it in the provider'], tokensLive: '1h' },
    takesWith: [],
    leavesBehind: [],
  },
});

export const workloadIdentitySigningKeyKind = defineKind({
  id: 'gcp.workload_identity_signing_key',
  title: 'Signing key written into a workload identity provider',
  record: 'credential',
  proves: 'Whoever holds its private half vouches for any workload that the provider lets in, also after the issuer has renewed its keys.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    actor: 'workload',
    revocation: { seen: ['workloadIdentityPools.providers.list no longer shows it in the provider'], tokensLive: '1h' },
    takesWith: [],
    leavesBehind: [],
  },
});

export const workloadIdentityProviderKeyKind = defineKind({
  id: 'gcp.workload_identity_provider_key',
  title: 'Encryption key of a SAML workload identity provider',
  record: 'credential',
  proves: 'Google reads assertions with it that the SAML provider encrypts; the private key stays with Google.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    actor: 'workload',
    revocation: { seen: ['workloadIdentityPools.providers.keys.list shows it DELETED, or no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});
