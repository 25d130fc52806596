// https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-secrets/get-secrets
import type { Look, Seen } from '../../src/connector/contract.ts';
import { defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { described, text } from './json.ts';
import { findVaults } from './key-vault.ts';
import { resourcesOperation } from './resource-graph.ts';
import { resourceTags } from './resource-tags.ts';
import type { Session } from './session.ts';
import { type Listed, listingOf, momentOrAbsent, rotatedAtOf } from './vault-listing.ts';

export const keyVaultSecret = defineKind({
  id: 'azure.keyvault_secret',
  title: 'Key Vault secret',
  record: 'credential',
  proves: 'A stored value, such as a password or API key of another system, for whoever may read the vault.',
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: {
      seen: ['secret absent', 'secret absent from deletedsecrets', 'the stored value revoked where it is accepted'],
      tokensLive: null,
    },
    takesWith: [],
    leavesBehind: ['azure.app_secret', 'azure.sp_secret'],
  },
});

export const listSecrets = {
  vault: { call: 'GET {vaultUrl}/secrets', permission: 'Key Vault Reader' },
  manager: { call: 'GET {vaultId}/secrets', permission: 'Reader' },
} as const;

export const keyvaultSecret = defineSurface<Session, Listed>({
  id: 'azure.keyvault_secret',
  title: 'Secrets in Key Vault',
  source: 'https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-secrets/get-secrets',
  level: 'tenant',
  kinds: [
    {
      kind: keyVaultSecret,
      facts: { rotatedAt: 'exposed', expiresAt: 'exposed', notBefore: 'exposed', purpose: 'from-tags', owner: 'from-tags' },
    },
  ],
  operations: [resourcesOperation, listSecrets.vault, listSecrets.manager],
  list,
  normalize,
});

/** Vaults at once, of a provider that allows 4000 requests in 10 seconds to each. */
const width = 8;

async function* list(session: Session, look: Look): AsyncGenerator<readonly Listed[]> {
  const { vaults, refused: broken } = await findVaults(session, look);
  const listings = fanOut(vaults, width, async (vault) => ({ vault, ...(await listingOf(vault, 'secrets', session, look.signal)) }));
  for await (const { vault, pages, refused } of listings) {
    yield* pages;
    if (refused) look.gap(`vault/${vault.name}`, refused);
  }
  if (broken) throw broken;
}

function normalize(secret: Listed, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const { vault, refused, managed } = secret;
  const name = required(text(secret.name), 'name');
  if (typeof secret.enabled !== 'boolean') throw new MalformedError(`a secret without attributes.enabled: ${vault.name}/${name}`);
  const operation = listSecrets[refused ? 'manager' : 'vault'].call;
  return [
    credential({
      id: required(text(secret.id), 'id'),
      kind: keyVaultSecret.id,
      provider: 'azure',
      scope: session.scope,
      name,
      // An expired secret stays readable until it is disabled, so the date alone does not make it inactive.
      status: secret.enabled ? 'active' : 'inactive',
      // Key Vault renews the secret of a certificate together with it.
      managedBy: managed === true ? 'service' : 'customer',
      identity: absent(),
      createdAt: unknown('not-offered', 'the list dates the current version, not the first'),
      rotatedAt: rotatedAtOf(secret),
      lastUsedAt: unknown('not-offered', 'only diagnostic logs of the vault have it'),
      expiresAt: momentOrAbsent(secret.expires),
      notBefore: momentOrAbsent(secret.notBefore),
      purpose: unknown('not-offered'),
      privilege: unknown('not-offered'),
      fingerprint: unknown('not-offered'),
      consumers: unknown('not-offered'),
      owners: [],
      tags: resourceTags(secret.tags),
      evidence: [{ operation, observedAt, fields: ['status', ...(refused ? [] : ['rotatedAt']), 'expiresAt', 'notBefore', 'tags'] }],
      details: described({
        vault: vault.name,
        subscription: vault.subscription,
        resourceGroup: vault.resourceGroup,
        contentType: secret.contentType,
        certificate: managed === undefined ? 'not told by Resource Manager' : managed,
        vaultRefused: refused?.detail,
      }),
    }),
  ];
}
