import type { WireRequest } from '../../src/connector/wire.ts';
import { applicationPresencePatterns } from './application-presence.ts';
import { armPatterns } from './arm-operations.ts';
import { presencePatterns } from './identity-presence.ts';
import { isJson, text } from './json.ts';
import { listSecrets } from './keyvault-secret.ts';
import { parsed } from './refused-answer.ts';
import { resourcesOperation } from './resource-graph.ts';

const login = '';
/** What of an address is the name of a call; the rest is whatever it is asked for. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [
    /^GET \/(v1\.0|beta)\/(applications|servicePrincipals|users)\/(?!microsoft\.graph\.)[^/]+((?:\/(?:owners|sponsors|federatedIdentityCredentials|appRoleAssignedTo|microsoft\.graph\.\w+))*)$/,
    'GET /$1/$2/{id}$3',
  ],
  [/^POST \/providers\/Microsoft\.ResourceGraph\/resources$/, resourcesOperation.call],
  [
    /^GET \/subscriptions\/.+\/userAssignedIdentities\/[^/]+\/federatedIdentityCredentials$/i,
    'GET {userAssignedIdentityId}/federatedIdentityCredentials',
  ],
  [/^GET \/subscriptions\/.+\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+\/secrets$/i, listSecrets.manager.call],
  [/^GET \/secrets$/, listSecrets.vault.call],
  ...presencePatterns,
  ...applicationPresencePatterns,
  ...armPatterns,
  [/^(?:POST|GET) \/.*\/oauth2\/(?:v2\.0\/)?token$/, login],
  [/^GET \/common\/discovery\/instance$/, login],
  [/^(?:GET \/.*\/idtoken(?:\/.*)?|POST \/.*\/oidctoken)$/i, login],
  [/^GET \/.*\/\.well-known\/openid-configuration$/, login],
];

/** Of a batch, what its first request asks: batches here hold requests of one kind. */
export function operationOf({ method, url, body }: WireRequest): string {
  const { hostname, pathname, searchParams } = new URL(url);
  if (/^GET \/(?:deleted)?keys$/.test(`${method} ${pathname}`) && hostname.split('.')[1] === 'managedhsm') return `GET {hsmUrl}${pathname}`;
  const batch = /^\/(v1\.0|beta)\/\$batch$/.exec(pathname)?.[1];
  const asked = batch === undefined ? `${method} ${decodeURIComponent(pathname)}` : inBatch(batch, body);
  // The filters that count owners and the like are calls of their own: they ask for something else than the list does.
  const counted = /^(\w+\/\$count (?:eq|ne) \d+)$/.exec(searchParams.get('$filter') ?? '')?.[1];
  if (counted !== undefined) return `${asked}?$filter=${counted}`;
  for (const [pattern, call] of patterns) {
    if (pattern.test(asked)) return asked.replace(pattern, call);
  }
  return asked;
}

function inBatch(version: string, body: string | undefined): string {
  const batch = parsed(body);
  const requests = isJson(batch) && Array.isArray(batch['requests']) ? batch['requests'] : [];
  const first: unknown = requests[0];
  const address = isJson(first) ? text(first['url']) : undefined;
  return address === undefined ? `POST /${version}/$batch` : `GET /${version}${new URL(address, 'https://graph').pathname}`;
}
