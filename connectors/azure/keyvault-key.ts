// https://learn.microsoft.com/en-us/rest/api/keyvault/keys/get-keys/get-keys
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { resourceTags } from './resource-tags.ts';
import { moved } from './calendar.ts';
import { type Json, described, isJson, listed, text } from './json.ts';
import { type Vault, findVaults } from './key-vault.ts';
import { managedHsms } from './managed-hsm.ts';
import { resourcesOperation } from './resource-graph.ts';
import type { Session } from './session.ts';
import { type Listed, type Listing, attributesOf, listingOf, nameIn, vaultTime, vaultTimeOrAbsent, vaultVersion } from './vault-listing.ts';

export const keyvaultKeyKind = defineKind({
  id: 'azure.keyvault_key',
  title: 'Key Vault or Managed HSM key',
  record: 'credential',
  proves: 'Decrypts or signs for whoever may use the key; it does not leave the vault unless it is exportable.',
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'possession',
    revocation: { seen: ['key absent', 'key absent from deletedkeys'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.keyvault_secret'],
  },
});

export const listKeys = {
  vault: { call: 'GET {vaultUrl}/keys', permission: 'Key Vault Reader' },
  hsm: { call: 'GET {hsmUrl}/keys', permission: 'Managed HSM Crypto Auditor' },
  manager: { call: 'GET {vaultId}/keys', permission: 'Reader' },
} as const;
export const rotationPolicyOperation = {
  call: 'GET {vaultUrl}/keys/{name}/rotationpolicy',
  permission: 'Key Vault Reader',
  facts: ['rotationDueAt'],
} as const;

type Item = Listed & { readonly policy: Fact<Json>; readonly isHsm: boolean };

export const keyvaultKey = defineSurface<Session, Item>({
  id: 'azure.keyvault_key',
  title: 'Keys in Key Vault and Managed HSM',
  source: 'https://learn.microsoft.com/en-us/rest/api/keyvault/keys/get-keys/get-keys',
  level: 'tenant',
  kinds: [
    {
      kind: keyvaultKeyKind,
      facts: {
        rotatedAt: 'exposed',
        rotationDueAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'exposed',
        purpose: 'from-tags',
        owner: 'from-tags',
      },
    },
  ],
  operations: [resourcesOperation, listKeys.vault, listKeys.manager, listKeys.hsm, rotationPolicyOperation],
  list,
  normalize,
});

const width = 8;

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const vaults = await findVaults(session, look);
  yield* keysIn(vaults.vaults, false, session, look);
  const modules = await managedHsms(session, look);
  yield* keysIn(modules.vaults, true, session, look);
  const broken = vaults.refused ?? modules.refused;
  if (broken) throw broken;
}

async function* keysIn(vaults: readonly Vault[], isHsm: boolean, session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const options = { signal: look.signal, hasFallback: !isHsm };
  for await (const { vault, listing, pages } of fanOut(vaults, width, async (vault) => {
    const listing: Listing = await listingOf(vault, 'keys', session, options);
    const pages = await Promise.all(listing.pages.map((page) => Promise.all(page.map((each) => withPolicy(each, isHsm, session, look)))));
    return { vault, listing, pages };
  })) {
    yield* pages;
    if (listing.refused) look.gap(`${isHsm ? 'managedHsm' : 'vault'}/${vault.name}`, listing.refused);
  }
}

/** Asked of keys that can rotate: those in use that no certificate renews. */
async function withPolicy(item: Listed, isHsm: boolean, session: Session, look: Look): Promise<Item> {
  const name = nameIn(text(item.raw['kid']), 'keys');
  if (item.refused) return { ...item, isHsm, policy: unknown(item.refused.why, 'the vault did not answer') };
  if (name === undefined || item.raw['managed'] === true || attributesOf(item.raw)['enabled'] !== true)
    return { ...item, isHsm, policy: absent() };
  const policy = await look.learn(async () => {
    const rest = await session.vault(item.vault.url);
    return known(await rest.get(`/keys/${name}/rotationpolicy?api-version=${vaultVersion}`, look.signal));
  });
  return { ...item, isHsm, policy };
}

function normalize(item: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const { vault, raw, refused, isHsm, policy } = item;
  const properties = isJson(raw['properties']) ? raw['properties'] : {};
  // The vault's own id, so that a record stays the same whichever side listed it.
  const id = required(text(refused ? properties['keyUri'] : raw['kid']), 'kid');
  const name = required(nameIn(id, 'keys'), 'name');
  const attributes = attributesOf(refused ? properties : raw);
  if (typeof attributes['enabled'] !== 'boolean') throw new MalformedError(`a key without attributes.enabled: ${vault.name}/${name}`);
  const expiresAt = vaultTimeOrAbsent(attributes['exp']);
  const rotatedAt = refused
    ? unknown(refused.why, `the vault did not answer, and Resource Manager does not date the current version: ${refused.detail}`)
    : vaultTime(attributes['created']);
  const operation = refused ? listKeys.manager.call : listKeys[isHsm ? 'hsm' : 'vault'].call;
  return [
    credential({
      id,
      kind: keyvaultKeyKind.id,
      provider: 'azure',
      scope: session.scope,
      name,
      status: statusOf(attributes['enabled'], expiresAt, observedAt),
      // Key Vault renews the key of a certificate together with it.
      managedBy: raw['managed'] === true ? 'service' : 'customer',
      identity: absent(),
      createdAt: unknown('not-offered', 'the list dates the current version, not the first'),
      rotatedAt,
      rotationDueAt: dueAt(policy, rotatedAt, expiresAt),
      lastUsedAt: unknown('not-offered', 'only diagnostic logs of the vault have it'),
      expiresAt,
      notBefore: vaultTimeOrAbsent(attributes['nbf']),
      purpose: unknown('not-offered'),
      privilege: unknown('not-offered'),
      fingerprint: unknown('not-offered'),
      consumers: unknown('not-offered'),
      owners: [],
      tags: resourceTags(raw['tags']),
      evidence: [
        { operation, observedAt, fields: ['status', ...(refused ? [] : ['rotatedAt']), 'expiresAt', 'notBefore', 'tags'] },
        ...(policy.state === 'known' ? [{ operation: rotationPolicyOperation.call, observedAt, fields: ['rotationDueAt'] }] : []),
      ],
      details: described(detailsOf(item, attributes['exportable'])),
    }),
  ];
}

function detailsOf({ vault, raw, refused, isHsm }: Item, exportable: unknown): Readonly<Record<string, unknown>> {
  return {
    vault: vault.name,
    vaultType: isHsm ? 'Managed HSM' : 'Key Vault',
    subscription: vault.subscription,
    resourceGroup: vault.resourceGroup,
    certificate: refused ? 'not told by Resource Manager' : raw['managed'] === true,
    exportable,
    vaultRefused: refused?.detail,
  };
}

function statusOf(enabled: boolean, expiresAt: Fact<Instant>, observedAt: Instant): 'active' | 'inactive' | 'expired' {
  if (!enabled) return 'inactive';
  return expiresAt.state === 'known' && epoch(expiresAt.value) <= epoch(observedAt) ? 'expired' : 'active';
}

/** When the vault's own policy makes the next version; absent where it has no such action. */
function dueAt(policy: Fact<Json>, rotatedAt: Fact<Instant>, expiresAt: Fact<Instant>): Fact<Instant> {
  if (policy.state !== 'known') return policy;
  if (policy.value['lifetimeActions'] === undefined) return absent();
  if (!Array.isArray(policy.value['lifetimeActions'])) return unknown('malformed-response', 'a rotation policy without its actions');
  const rotating = listed(policy.value['lifetimeActions'].filter(isJson), 'lifetimeActions').find(
    ({ action }) => isJson(action) && text(action['type'])?.toLowerCase() === 'rotate',
  );
  if (!rotating) return absent();
  const trigger = isJson(rotating['trigger']) ? rotating['trigger'] : {};
  const after = text(trigger['timeAfterCreate']);
  if (after !== undefined) return rotatedAt.state === 'known' ? moved(rotatedAt.value, after, 1) : rotatedAt;
  return expiresAt.state === 'known' ? moved(expiresAt.value, trigger['timeBeforeExpiry'], -1) : expiresAt;
}
