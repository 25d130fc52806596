// https://learn.microsoft.com/en-us/azure/key-vault/general/authentication-requests-and-responses
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';

/**
 * Vaults name the token that they want by refusing the first request of each client. Those of one domain and tenant want the same, so one
 * refusal is handed to all of them, without asking. Whether it may be followed is still for the client to check. `remembered`: by domain.
 */
export function rememberingChallenges(client: HttpClient, tenant: string, remembered: Map<string, string>): HttpClient {
  return {
    async sendRequest(request) {
      if (request.headers.has('authorization')) return client.sendRequest(request);
      const domain = vaultDomain(request.url);
      const challenge = remembered.get(domain);
      if (challenge !== undefined) return challenged(request, challenge);
      const response = await client.sendRequest(request);
      const asked = response.headers.get('www-authenticate');
      // That of another tenant, whose vaults are delegated to this one, is good for nobody else.
      if (response.status === 401 && asked !== undefined && isOfTenant(asked, tenant)) remembered.set(domain, asked);
      return response;
    },
  };
}

async function challenged(request: PipelineRequest, challenge: string): Promise<PipelineResponse> {
  const { createHttpHeaders } = await import('@azure/core-rest-pipeline');
  return { request, status: 401, headers: createHttpHeaders({ 'www-authenticate': challenge }) };
}

/** What vaults of one kind and cloud have in common: their address without the vault's own name. */
function vaultDomain(address: string): string {
  return new URL(address).hostname.replace(/^[^.]+\./, '');
}

function isOfTenant(challenge: string, tenant: string): boolean {
  const authority = /\bauthorization="?([^",\s]+)"?/.exec(challenge)?.[1];
  return authority !== undefined && URL.canParse(authority) && new URL(authority).pathname.toLowerCase() === `/${tenant.toLowerCase()}`;
}
