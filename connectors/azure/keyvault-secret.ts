// https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-secrets/get-secrets
import type { Look, Seen } from '../../src/connector/contract.ts';
import { defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { unlessNever } from './expiry.ts';
import { text } from './json.ts';
import { findVaults } from './key-vault.ts';
import { resourcesOperation } from './resource-graph.ts';
import type { Session } from './session.ts';
import { vaultCredential } from './vault-credential.ts';
import { type Listed, listingOf, momentOrAbsent, rotatedAtOf } from './vault-listing.ts';

export const keyVaultSecret = defineKind({
  id: 'azure.keyvault_secret',
  title: 'Key Vault secret',
  record: 'credential',
  proves: 'A stored value, such as a password or API key of another system, for whoever may read the vault.',
  remedy: { disable: 'az keyvault secret set-attributes --id {id} --enabled false', delete: 'az keyvault secret delete --id {id}' },
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
  vault: {
    call: 'GET {vaultUrl}/secrets',
    permission: 'Key Vault Reader',
    fields: { status: 'attributes.enabled', rotatedAt: 'attributes.created', expiresAt: 'attributes.exp', notBefore: 'attributes.nbf' },
  },
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

function normalize(secret: Listed, seen: Seen<Session>): readonly InventoryRecord[] {
  const { vault, refused, managed, enabled } = secret;
  if (typeof enabled !== 'boolean')
    throw new MalformedError(`a secret without attributes.enabled: ${vault.name}/${text(secret.name) ?? ''}`);
  return [
    vaultCredential(
      {
        kind: keyVaultSecret,
        item: secret,
        // An expired secret stays readable until it is disabled, so the date alone does not make it inactive.
        status: enabled ? 'active' : 'inactive',
        operation: listSecrets[refused ? 'manager' : 'vault'].call,
        told: {
          rotatedAt: rotatedAtOf(secret),
          expiresAt: unlessNever(momentOrAbsent(secret.expires)),
          notBefore: momentOrAbsent(secret.notBefore),
        },
        details: { contentType: secret.contentType, certificate: managed ?? 'not told by Resource Manager' },
      },
      seen,
    ),
  ];
}
