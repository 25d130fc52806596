import type { WireRequest } from '../../src/connector/wire.ts';
import { listApplications } from './application.ts';
import { isJson, text } from './json.ts';
import { vaultsOperation } from './key-vault.ts';
import { parsed } from './refused-answer.ts';
import { listPrincipals } from './service-principal.ts';
import { signInOperation } from './sign-in-report.ts';
import { listInResourceManager, listInVault } from './vault-secrets.ts';

const login = '';
const patterns: readonly (readonly [RegExp, string])[] = [
  [/^GET \/v1\.0\/(applications|servicePrincipals)\/[^/]+\/owners$/, 'GET /v1.0/$1/{id}/owners'],
  [/^GET \/v1\.0\/applications$/, listApplications.call],
  [/^GET \/v1\.0\/servicePrincipals$/, listPrincipals.call],
  [/^GET \/beta\/reports\/appCredentialSignInActivities$/, signInOperation.call],
  [/^POST \/providers\/Microsoft\.ResourceGraph\/resources$/, vaultsOperation.call],
  [/^GET \/subscriptions\/.+\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+\/secrets$/i, listInResourceManager.call],
  [/^GET \/secrets$/, listInVault.call],
  [/^(?:POST|GET) \/.*\/oauth2\/(?:v2\.0\/)?token$/, login],
  [/^GET \/common\/discovery\/instance$/, login],
  [/^GET \/.*\/\.well-known\/openid-configuration$/, login],
];

/** Of a batch, what its first request asks: batches here hold requests of one kind. */
export function operationOf({ method, url, body }: WireRequest): string {
  const { pathname } = new URL(url);
  const asked = pathname === '/v1.0/$batch' ? inBatch(body) : `${method} ${pathname}`;
  for (const [pattern, call] of patterns) {
    if (pattern.test(asked)) return asked.replace(pattern, call);
  }
  return asked;
}

function inBatch(body: string | undefined): string {
  const batch = parsed(body);
  const requests = isJson(batch) && Array.isArray(batch['requests']) ? batch['requests'] : [];
  const first: unknown = requests[0];
  const address = isJson(first) ? text(first['url']) : undefined;
  return address === undefined ? 'POST /v1.0/$batch' : `GET /v1.0${new URL(address, 'https://graph').pathname}`;
}
