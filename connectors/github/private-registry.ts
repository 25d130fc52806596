// https://docs.github.com/rest/private-registries/organization-configurations#list-private-registries-for-an-organization
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Unsure, moment, text } from './field.ts';
import { pages } from './pages.ts';
import { secretTraits } from './secret.ts';
import type { GitHubSession } from './session.ts';
import { repositoriesSeeing } from './visibility.ts';

const route = 'GET /orgs/{org}/private-registries';

export const privateRegistrySecret = defineKind({
  id: 'github.private_registry',
  title: 'Login to a private registry',
  record: 'credential',
  proves: 'Reads packages of a registry outside; Dependabot and code scanning of the repositories that see it use it.',
  traits: secretTraits,
});

export const privateRegistryTrust = defineKind({
  id: 'github.private_registry_trust',
  title: 'Trust of a private registry in GitHub',
  record: 'credential',
  proves: 'Reads packages of a registry outside with short-lived tokens that GitHub signs; no secret is stored.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'federated',
    revocation: {
      seen: ['gone from the private registries of the organization', 'the registry no longer trusts GitHub'],
      tokensLive: null,
    },
    takesWith: [],
    leavesBehind: [],
  },
});

// The types of Octokit are older than some fields that the API documents.
export type PrivateRegistry =
  RestEndpointMethodTypes['privateRegistries']['listOrgPrivateRegistries']['response']['data']['configurations'][number] & {
    auth_type?: string;
    url?: string;
  };
type Raw = Unsure<PrivateRegistry> | null;

export const privateRegistry = defineSurface<GitHubSession, Raw>({
  id: 'github.private_registry',
  title: 'Private registries of the organization',
  source: 'https://docs.github.com/rest/private-registries/organization-configurations',
  level: 'organization',
  kinds: [
    { kind: privateRegistrySecret, facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never' } },
    { kind: privateRegistryTrust, facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never' } },
  ],
  operations: [{ call: route, permission: 'organization_private_registries:read' }],
  list: ({ client, organization }: GitHubSession, { signal }: Look) =>
    pages<Raw>(client, { route, parameters: { org: organization.login }, field: 'configurations' }, signal),
  normalize,
});

function normalize(item: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const name = text(item?.name, 'name');
  const { organization } = session;
  const authType = typeof item?.auth_type === 'string' ? item.auth_type : undefined;
  const kind = authType?.startsWith('oidc_') === true ? privateRegistryTrust : privateRegistrySecret;
  const seen = repositoriesSeeing(item?.visibility);
  const record = credential({
    id: `organizations/${organization.id}/private-registries/${name}`,
    kind: kind.id,
    provider: 'github',
    scope: `organization/${organization.login}`,
    name,
    status: 'active',
    managedBy: 'customer',
    identity: absent(),
    createdAt: moment(item?.created_at, unknown('malformed-response', 'no timestamp where the API always sends one')),
    rotatedAt: unknown('not-offered', 'GitHub tells when the configuration was written, which may have left the secret as it was'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered', 'GitHub does not know what the login may do'),
    ...(seen === undefined ? {} : { privileges: [`used by Dependabot in ${seen}`] }),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation: route, observedAt, fields: ['name', 'createdAt', 'privileges'] }],
    details: detailsOf(item, authType),
  });
  return [record];
}

/** Of the address the host alone: a path or query may hold a secret. */
function detailsOf(item: Raw, authType: string | undefined): Readonly<Record<string, string>> {
  const url = typeof item?.url === 'string' && URL.canParse(item.url) ? new URL(item.url).host : '';
  return {
    ...(typeof item?.registry_type === 'string' ? { registry: item.registry_type } : {}),
    ...(authType === undefined ? {} : { authType }),
    ...(url === '' ? {} : { host: url }),
    ...(typeof item?.username === 'string' && item.username !== '' ? { username: item.username } : {}),
    ...(typeof item?.updated_at === 'string' ? { updatedAt: item.updated_at } : {}),
  };
}
