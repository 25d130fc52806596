// https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Kind } from '../../src/model/kind.ts';
import { text } from './json.ts';
import { type Vault, findVaults } from './key-vault.ts';
import { keyvaultCertificateKind } from './keyvault-certificate.ts';
import { keyvaultKeyKind } from './keyvault-key.ts';
import { keyVaultSecret } from './keyvault-secret.ts';
import { managedHsms } from './managed-hsm.ts';
import { resourcesOperation } from './resource-graph.ts';
import type { Session } from './session.ts';
import { thumbprintOf } from './thumbprint.ts';
import { vaultCredential } from './vault-credential.ts';
import { type Deleted, deletedIn } from './vault-deleted.ts';
import { type Noun, moment, momentOrAbsent } from './vault-listing.ts';

const permission = 'Key Vault Reader';
const listing = {
  secrets: { call: 'GET {vaultUrl}/deletedsecrets', permission },
  keys: { call: 'GET {vaultUrl}/deletedkeys', permission },
  certificates: { call: 'GET {vaultUrl}/deletedcertificates', permission },
  hsm: { call: 'GET {hsmUrl}/deletedkeys', permission: 'Managed HSM Crypto Auditor' },
} as const;
const kinds: Readonly<Record<Noun, Kind>> = { secrets: keyVaultSecret, keys: keyvaultKeyKind, certificates: keyvaultCertificateKind };
const facts = {
  rotatedAt: 'exposed',
  expiresAt: 'exposed',
  statusSince: 'exposed',
  notBefore: 'exposed',
  purpose: 'from-tags',
  owner: 'from-tags',
} as const satisfies SurfaceKind['facts'];

export const deletedVaultObject = defineSurface<Session, Deleted>({
  id: 'azure.deleted_vault_object',
  title: 'Deleted secrets, keys and certificates that can still be recovered',
  source: 'https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview',
  level: 'tenant',
  kinds: [
    { kind: kinds.secrets, facts },
    { kind: kinds.keys, facts },
    { kind: kinds.certificates, facts: { ...facts, fingerprint: 'exposed' } },
  ],
  operations: [resourcesOperation, ...Object.values(listing)],
  list,
  normalize,
});

const width = 8;

async function* list(session: Session, look: Look): AsyncGenerator<readonly Deleted[]> {
  for (const { vaults, refused: broken } of await Promise.all([findVaults(session, look), managedHsms(session, look)])) {
    const listings = fanOut(vaults, width, async (vault) => ({ vault, ...(await deletedIn(vault, nounsOf(vault), session, look.signal)) }));
    for await (const { vault, pages, refused } of listings) {
      yield* pages;
      if (refused) look.gap(`${vault.isHsm === true ? 'managedHsm' : 'vault'}/${vault.name}`, refused);
    }
    if (broken) throw broken;
  }
}

function nounsOf({ isHsm }: Vault): readonly Noun[] {
  return isHsm === true ? ['keys'] : ['secrets', 'keys', 'certificates'];
}

/** Deleted is not gone: whoever may recover it has it back with all its versions, until the vault purges it. */
function normalize(item: Deleted, seen: Seen<Session>): readonly InventoryRecord[] {
  const { noun, vault, deletedAt } = item;
  if (!(deletedAt instanceof Date))
    throw new MalformedError(`a deleted object without deletedDate: ${vault.name}/${text(item.name) ?? ''}`);
  return [
    vaultCredential(
      {
        kind: kinds[noun],
        item,
        status: 'deleted-recoverable',
        operation: listing[vault.isHsm === true ? 'hsm' : noun].call,
        told: {
          rotatedAt: moment(item.created),
          statusSince: moment(deletedAt),
          // Its own date may come later, but the vault will have ended it by then.
          expiresAt: moment(item.purgeAt),
          notBefore: momentOrAbsent(item.notBefore),
          ...(noun === 'certificates' ? { fingerprint: thumbprintOf(item.thumbprint) } : {}),
        },
        details: { contentType: item.contentType, certificate: noun === 'certificates' ? undefined : item.managed },
      },
      seen,
    ),
  ];
}
