import { defineKind } from '../../src/model/kind.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html

export const oidcProviderKind = defineKind({
  id: 'aws.iam_oidc_provider',
  title: 'OpenID Connect provider in IAM',
  record: 'credential',
  proves: 'Lets tokens of its issuer into the roles that trust it.',
  remedy: { delete: 'aws iam delete-open-id-connect-provider --open-id-connect-provider-arn {id}' },
  traits: {
    expiry: 'never',
    // The issuer renews its keys by itself; AWS fetches them.
    rotation: 'automatic',
    proof: 'federated',
    revocation: { seen: ['ListOpenIDConnectProviders no longer shows it', 'no role trusts it'], tokensLive: '12h' },
    takesWith: [],
    leavesBehind: ['aws.iam_role'],
  },
});

export const samlProviderKind = defineKind({
  id: 'aws.iam_saml_provider',
  title: 'SAML provider in IAM',
  record: 'credential',
  proves: 'Lets people whom its identity provider vouches for into the roles that trust it.',
  remedy: { delete: 'aws iam delete-saml-provider --saml-provider-arn {id}' },
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'federated',
    revocation: { seen: ['ListSAMLProviders no longer shows it', 'no role trusts it'], tokensLive: '12h' },
    takesWith: [],
    leavesBehind: ['aws.iam_role'],
  },
});

export const outboundIssuerKind = defineKind({
  id: 'aws.iam_outbound_issuer',
  title: 'AWS account as an issuer of tokens',
  record: 'credential',
  proves: 'Vouches for the principals of its account to services elsewhere that trust its address.',
  traits: {
    expiry: 'never',
    rotation: 'automatic',
    proof: 'federated',
    revocation: { seen: ['GetOutboundWebIdentityFederationInfo answers FeatureDisabled'], tokensLive: '1h' },
    takesWith: [],
    leavesBehind: [],
  },
});
