import { defineKind } from '../../src/model/kind.ts';

// https://cloud.google.com/iam/docs/manage-workforce-identity-pools-providers
// Tokens made before go on for as long as a session may last; deleting the pool ends them.
const revocation = { seen: ['locations.workforcePools.providers.list shows it disabled or DELETED'], tokensLive: '12h' } as const;

export const workforceProviderKind = defineKind({
  id: 'gcp.workforce_provider',
  title: 'Workforce identity provider',
  record: 'credential',
  proves: 'Whoever its issuer vouches for, and its condition lets through, signs in as a principal of its pool.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'federated',
    revocation,
    takesWith: ['gcp.workforce_certificate', 'gcp.workforce_signing_key', 'gcp.workforce_provider_key', 'gcp.scim_token'],
    leavesBehind: [],
  },
});

export const workforceCertificateKind = defineKind({
  id: 'gcp.workforce_certificate',
  title: 'Certificate that a workforce identity provider trusts',
  record: 'credential',
  proves: 'Whoever holds its private key vouches for anybody whom the provider lets in.',
  traits: { expiry: 'always', rotation: 'replace', proof: 'possession', revocation, takesWith: [], leavesBehind: [] },
});

export const workforceSigningKeyKind = defineKind({
  id: 'gcp.workforce_signing_key',
  title: 'Signing key written into a workforce identity provider',
  record: 'credential',
  proves: 'Whoever holds its private half vouches for anybody whom the provider lets in, also after the issuer has renewed its keys.',
  traits: { expiry: 'never', rotation: 'replace', proof: 'possession', revocation, takesWith: [], leavesBehind: [] },
});

export const workforceProviderKeyKind = defineKind({
  id: 'gcp.workforce_provider_key',
  title: 'Encryption key of a SAML workforce identity provider',
  record: 'credential',
  proves: 'Google reads assertions with it that the SAML provider encrypts; the private key stays with Google.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['workforcePools.providers.keys.list shows it DELETED, or no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});
