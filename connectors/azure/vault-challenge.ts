// https://learn.microsoft.com/en-us/azure/key-vault/general/authentication-requests-and-responses
import type { ChallengeCallbacks } from '@azure/core-rest-pipeline';
import { MalformedError } from '../../src/connector/refusal.ts';

/**
 * Vaults name the token that they want by refusing the first request. Those of one domain want the same, so one refusal is enough for
 * them all; a vault that names another domain gets no token.
 */
export function vaultChallenge(): ChallengeCallbacks {
  let scope: string | undefined;
  return {
    async authorizeRequest({ request, getAccessToken }) {
      if (scope === undefined) return;
      const token = await getAccessToken([scope], {});
      if (token) request.headers.set('authorization', `Bearer ${token.token}`);
    },
    async authorizeRequestOnChallenge({ request, response, getAccessToken }) {
      const resource = resourceOf(response.headers.get('www-authenticate'));
      if (resource === undefined) return false;
      const { hostname } = new URL(request.url);
      if (!hostname.endsWith(`.${resource.hostname}`)) throw new MalformedError(`${hostname} asks for a token of ${resource.hostname}`);
      scope = `${resource.origin}/.default`;
      const token = await getAccessToken([scope], {});
      if (token) request.headers.set('authorization', `Bearer ${token.token}`);
      return token !== null;
    },
  };
}

/** What vaults of one kind and cloud have in common: their address without the vault's own name. */
export function vaultDomain(vaultUrl: string): string {
  return new URL(vaultUrl).hostname.replace(/^[^.]+\./, '');
}

function resourceOf(challenge: string | undefined): URL | undefined {
  const named = /\b(?:resource|scope)="?([^",\s]+)"?/.exec(challenge ?? '')?.[1];
  return named !== undefined && URL.canParse(named) && new URL(named).protocol === 'https:' ? new URL(named) : undefined;
}
