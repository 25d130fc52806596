import type { Trust } from '../model/trust.ts';

/**
 * Issuers that give a token to everybody who asks. `bounded`: subjects that begin with who asks, so that a wildcard behind it stays within one
 * customer of the issuer. `stable`: claims that name somebody by a number that is never given to anybody else.
 */
type OpenIssuer = { readonly host: RegExp; readonly bounded?: RegExp; readonly stable?: RegExp };

const openIssuers: readonly OpenIssuer[] = [
  {
    // https://docs.github.com/en/actions/reference/security/oidc
    host: /^token\.actions\.githubusercontent\.com(?:$|\/)/,
    bounded: /^(?:repo:[^/:*?]+\/|repository_owner(?:_id)?:[^:*?]+(?::|$)|repository_id:[^:*?]+(?::|$)|repository:[^/:*?]+\/)/,
    stable: /repository_(?:owner_)?id|enterprise_id|^repo:[^/@:]+@\d+\//,
  },
  {
    // https://docs.gitlab.com/ci/secrets/id_token_authentication/
    host: /^gitlab\.com(?:$|\/)/,
    bounded: /^(?:project_path:[^/:*?]+\/|namespace_id:\d+|project_id:\d+)/,
    stable: /(?:namespace|project)_id/,
  },
  {
    // https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
    host: /^app\.terraform\.io(?:$|\/)/,
    bounded: /^organization:[^:*?]+:/,
    stable: /terraform_(?:organization|project|workspace)_id/,
  },
  // https://buildkite.com/docs/pipelines/security/oidc
  { host: /^agent\.buildkite\.com(?:$|\/)/, bounded: /^organization:[^:*?]+:/, stable: /(?:organization|pipeline)_id/ },
  // https://vercel.com/docs/oidc/reference
  { host: /^oidc\.vercel\.com$/, bounded: /^owner:[^:*?]+:/, stable: /(?:owner|project)_id/ },
  // Subjects of people and of apps, which are numbers.
  { host: /^(?:accounts\.google\.com|appleid\.apple\.com|graph\.facebook\.com|www\.amazon\.com|cognito-identity\.amazonaws\.com)(?:$|\/)/ },
];

export function openIssuerOf({ issuer }: Trust): OpenIssuer | undefined {
  const host = issuer.replace(/^https:\/\//, '').toLowerCase();
  return openIssuers.find((each) => each.host.test(host));
}

/** Accepted on the word of somebody who vouches for others, not as a principal of the provider itself. */
export function isVouchedFor({ party, issuer }: Trust): boolean {
  return party === undefined ? issuer !== 'sts.amazonaws.com' : party === 'issuer';
}

export function hasWildcard(subject: string): boolean {
  return subject === '' || /[*?]/.test(subject);
}
