// https://learn.microsoft.com/en-us/rest/api/keyvault/keys/get-keys/get-keys
import type { KeyRotationPolicy } from '@azure/keyvault-keys';
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { moved } from './calendar.ts';
import { unlessNever } from './expiry.ts';
import { text } from './json.ts';
import { type Vault, findVaults } from './key-vault.ts';
import { managedHsms } from './managed-hsm.ts';
import { orExpired } from './resource-credential.ts';
import { resourcesOperation } from './resource-graph.ts';
import { said } from './said.ts';
import type { Session } from './session.ts';
import { vaultCredential } from './vault-credential.ts';
import { type Listed, listingOf, momentOrAbsent, rotatedAtOf } from './vault-listing.ts';

export const keyvaultKeyKind = defineKind({
  id: 'azure.keyvault_key',
  title: 'Key Vault or Managed HSM key',
  record: 'credential',
  proves:
    'Decrypts or signs for whoever may use the key, in every version that is not disabled; it leaves the vault only if it is exportable.',
  remedy: {
    rotate: 'az keyvault key rotate --id {id}',
    disable: 'az keyvault key set-attributes --id {id} --enabled false',
    delete: 'az keyvault key delete --id {id}',
  },
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'possession',
    revocation: { seen: ['key absent, or every version disabled', 'key absent from deletedkeys'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

export const listKeys = {
  vault: {
    call: 'GET {vaultUrl}/keys',
    permission: 'Key Vault Reader',
    fields: { status: 'attributes.enabled', rotatedAt: 'attributes.created', expiresAt: 'attributes.exp', notBefore: 'attributes.nbf' },
  },
  hsm: { call: 'GET {hsmUrl}/keys', permission: 'Managed HSM Crypto Auditor' },
  manager: { call: 'GET {vaultId}/keys', permission: 'Reader' },
  hsmManager: { call: 'GET {hsmId}/keys', permission: 'Reader' },
} as const;
const rotationPolicyOperation = {
  call: 'GET {vaultUrl}/keys/{name}/rotationpolicy',
  permission: 'Key Vault Reader',
  facts: ['rotationDueAt'],
} as const;

type Item = Listed & { readonly policy: Fact<KeyRotationPolicy> };

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
  operations: [resourcesOperation, ...Object.values(listKeys), rotationPolicyOperation],
  list,
  normalize,
});

const width = 8;

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const vaults = await findVaults(session, look);
  yield* keysIn(vaults.vaults, session, look);
  const modules = await managedHsms(session, look);
  yield* keysIn(modules.vaults, session, look);
  const broken = vaults.refused ?? modules.refused;
  if (broken) throw broken;
}

async function* keysIn(vaults: readonly Vault[], session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const listings = fanOut(vaults, width, async (vault) => {
    const { pages, refused } = await listingOf(vault, 'keys', session, look.signal);
    const items = await Promise.all(pages.map((page) => Promise.all(page.map((each) => withPolicy(each, session, look)))));
    return { vault, items, refused };
  });
  for await (const { vault, items, refused } of listings) {
    yield* items;
    if (refused) look.gap(`${vault.isHsm === true ? 'managedHsm' : 'vault'}/${vault.name}`, refused);
  }
}

/** Asked of keys that can rotate: those in use that no certificate renews. */
async function withPolicy(item: Listed, session: Session, look: Look): Promise<Item> {
  const name = text(item.name);
  if (item.refused) return { ...item, policy: unknown(item.refused.why, 'the vault did not answer') };
  if (name === undefined || item.managed === true || item.enabled !== true) return { ...item, policy: absent() };
  const policy = await look.learn(async () => {
    const client = await session.vault(item.vault.url).keys();
    return known(await said('Key Vault', () => client.getKeyRotationPolicy(name, { abortSignal: look.signal }), look.signal));
  });
  return { ...item, policy };
}

function normalize(item: Item, seen: Seen<Session>): readonly InventoryRecord[] {
  const { vault, refused, policy, managed, enabled } = item;
  if (typeof enabled !== 'boolean') throw new MalformedError(`a key without attributes.enabled: ${vault.name}/${text(item.name) ?? ''}`);
  const expiresAt = unlessNever(momentOrAbsent(item.expires));
  const rotatedAt = rotatedAtOf(item);
  const { observedAt } = seen;
  return [
    vaultCredential(
      {
        kind: keyvaultKeyKind,
        item,
        status: orExpired(enabled ? 'active' : 'inactive', expiresAt, observedAt),
        operation: operationFor(item),
        told: { rotatedAt, expiresAt, notBefore: momentOrAbsent(item.notBefore) },
        rotationDueAt: dueAt(policy, rotatedAt, expiresAt),
        evidence: policy.state === 'known' ? [{ operation: rotationPolicyOperation.call, observedAt, fields: ['rotationDueAt'] }] : [],
        details: { certificate: refused ? 'not told by Resource Manager' : managed },
      },
      seen,
    ),
  ];
}

function operationFor({ vault, refused }: Item): string {
  if (refused) return (vault.isHsm === true ? listKeys.hsmManager : listKeys.manager).call;
  return (vault.isHsm === true ? listKeys.hsm : listKeys.vault).call;
}

/** When the vault's own policy makes the next version; absent where it has no such action. */
function dueAt(policy: Fact<KeyRotationPolicy>, rotatedAt: Fact<Instant>, expiresAt: Fact<Instant>): Fact<Instant> {
  if (policy.state !== 'known') return policy;
  const rotating = policy.value.lifetimeActions?.find(({ action }) => action === 'Rotate');
  if (!rotating) return absent();
  const { timeAfterCreate: after, timeBeforeExpiry: before } = rotating;
  if (after !== undefined) return rotatedAt.state === 'known' ? moved(rotatedAt.value, after, 1) : rotatedAt;
  return expiresAt.state === 'known' ? moved(expiresAt.value, before, -1) : expiresAt;
}
