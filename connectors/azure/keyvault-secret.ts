// https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-secrets/get-secrets
import type { Look, Seen } from '../../src/connector/contract.ts';
import { defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { described, text } from './json.ts';
import { findVaults } from './key-vault.ts';
import { resourcesOperation } from './resource-graph.ts';
import { resourceTags } from './resource-tags.ts';
import type { Session } from './session.ts';
import { type ListedSecret, listInResourceManager, listInVault, readVault } from './vault-secrets.ts';

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

export const keyvaultSecret = defineSurface<Session, ListedSecret>({
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
  operations: [resourcesOperation, listInVault, listInResourceManager],
  list,
  normalize,
});

/** Vaults at once, of a provider that allows 4000 requests in 10 seconds to each. */
const width = 8;

async function* list(session: Session, look: Look): AsyncGenerator<readonly ListedSecret[]> {
  const { vaults, refused: broken } = await findVaults(session, look);
  for await (const { vault, reading } of fanOut(vaults, width, async (each) => ({
    vault: each,
    reading: await readVault(each, session, look.signal),
  }))) {
    yield* reading.pages;
    if (reading.refused) look.gap(`vault/${vault.name}`, reading.refused);
  }
  if (broken) throw broken;
}

function normalize(secret: ListedSecret, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const { vault, refused, managed } = secret;
  const name = required(text(secret.name), 'name');
  if (typeof secret.enabled !== 'boolean') throw new MalformedError(`a secret without attributes.enabled: ${vault.name}/${name}`);
  const operation = refused ? listInResourceManager.call : listInVault.call;
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
      rotatedAt: rotatedAt(secret),
      lastUsedAt: unknown('not-offered', 'only diagnostic logs of the vault have it'),
      expiresAt: secret.expires === undefined || secret.expires === null ? absent() : moment(secret.expires),
      notBefore: secret.notBefore === undefined || secret.notBefore === null ? absent() : moment(secret.notBefore),
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

/** Resource Manager's list is made for deployments, and its page does not say whether it dates the version in use. */
function rotatedAt({ created, refused }: ListedSecret): Fact<Instant> {
  return refused
    ? unknown(refused.why, `the vault did not answer, and Resource Manager does not date the current version: ${refused.detail}`)
    : moment(created);
}

function moment(value: unknown): Fact<Instant> {
  if (value === undefined || value === null || typeof value === 'number' || value instanceof Date) return time(value);
  return unknown('malformed-response', 'a timestamp that is no number');
}
