// https://learn.microsoft.com/en-us/rest/api/keyvault/certificates/get-certificates/get-certificates
import type { CertificatePolicy } from '@azure/keyvault-certificates';
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import { autoRenewalAt } from './certificate-policy.ts';
import { text } from './json.ts';
import { type Vault, findVaults } from './key-vault.ts';
import { RefusedAnswer } from './refused-answer.ts';
import { resourcesOperation } from './resource-graph.ts';
import { orExpired } from './resource-credential.ts';
import { said } from './said.ts';
import type { Session } from './session.ts';
import { thumbprintOf } from './thumbprint.ts';
import { vaultCredential } from './vault-credential.ts';
import { type Listed, listingOf, moment, momentOrAbsent, rotatedAtOf } from './vault-listing.ts';

export const keyvaultCertificateKind = defineKind({
  id: 'azure.keyvault_certificate',
  title: 'Key Vault certificate',
  record: 'credential',
  proves: 'Whoever may read the secret behind it, or sign with its key, is taken for its subject.',
  remedy: {
    disable: 'az keyvault certificate set-attributes --id {id} --enabled false',
    delete: 'az keyvault certificate delete --id {id}',
  },
  traits: {
    expiry: 'always',
    rotation: 'in-place',
    proof: 'possession',
    revocation: {
      seen: [
        'certificate absent',
        'certificate absent from deletedcertificates',
        'revoked by its issuer, or no longer trusted where it was shown',
      ],
      tokensLive: null,
    },
    takesWith: ['azure.keyvault_key', 'azure.keyvault_secret'],
    leavesBehind: ['azure.app_certificate', 'azure.sp_certificate', 'azure.appservice_certificate'],
  },
});

const listCertificates = {
  call: 'GET {vaultUrl}/certificates',
  permission: 'Key Vault Reader',
  fields: {
    status: 'attributes.enabled',
    rotatedAt: 'attributes.created',
    expiresAt: 'attributes.exp',
    notBefore: 'attributes.nbf',
    fingerprint: 'x5t',
  },
} as const;
const certificatePolicyOperation = {
  call: 'GET {vaultUrl}/certificates/{name}/policy',
  permission: 'Key Vault Reader',
  facts: ['rotationDueAt'],
} as const;
const contactsOperation = {
  call: 'GET {vaultUrl}/certificates/contacts',
  permission: 'Key Vault Reader',
  facts: ['owner'],
} as const;

type Item = Listed & { readonly policy: Fact<CertificatePolicy>; readonly contacts: Fact<readonly OwnerClaim[]> };

export const keyvaultCertificate = defineSurface<Session, Item>({
  id: 'azure.keyvault_certificate',
  title: 'Certificates in Key Vault',
  source: 'https://learn.microsoft.com/en-us/rest/api/keyvault/certificates/get-certificates/get-certificates',
  level: 'tenant',
  kinds: [
    {
      kind: keyvaultCertificateKind,
      facts: {
        rotatedAt: 'exposed',
        rotationDueAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'exposed',
        fingerprint: 'exposed',
        purpose: 'from-tags',
        owner: 'exposed',
      },
    },
  ],
  operations: [resourcesOperation, listCertificates, certificatePolicyOperation, contactsOperation],
  list,
  normalize,
});

const width = 8;

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const { vaults, refused: broken } = await findVaults(session, look);
  const listings = fanOut(vaults, width, async (vault) => {
    const { pages, refused } = await listingOf(vault, 'certificates', session, look.signal);
    const contacts = pages.some((page) => page.length > 0) ? await contactsOf(vault, session, look) : absent();
    const withPolicy = async (each: Listed): Promise<Item> => ({ ...each, contacts, policy: await policyOf(each, session, look) });
    return { vault, refused, items: await Promise.all(pages.map((page) => Promise.all(page.map(withPolicy)))) };
  });
  for await (const { vault, items, refused } of listings) {
    yield* items;
    if (refused) look.gap(`vault/${vault.name}`, refused);
  }
  if (broken) throw broken;
}

/** Whom the vault warns of expiry: its only word on who looks after its certificates. A vault without contacts answers 404. */
function contactsOf(vault: Vault, session: Session, look: Look): Promise<Fact<readonly OwnerClaim[]>> {
  return look.learn<readonly OwnerClaim[]>(async () => {
    try {
      const client = await session.vault(vault.url).certificates();
      const contacts = (await said('Key Vault', () => client.getContacts({ abortSignal: look.signal }), look.signal)) ?? [];
      const claims = contacts.flatMap((contact) => {
        const ref = text(contact?.email);
        return ref === undefined ? [] : [{ role: 'technical', ref, by: 'certificate contact' } as const];
      });
      return known(claims);
    } catch (error) {
      if (error instanceof RefusedAnswer && error.status === 404) return absent();
      throw error;
    }
  });
}

function policyOf({ name, enabled, vault }: Listed, session: Session, look: Look): Promise<Fact<CertificatePolicy>> {
  const asked = text(name);
  if (asked === undefined || enabled !== true) return Promise.resolve(unknown('not-looked', 'it is not in use'));
  return look.learn(async () => {
    const client = await session.vault(vault.url).certificates();
    return known(await said('Key Vault', () => client.getCertificatePolicy(asked, { abortSignal: look.signal }), look.signal));
  });
}

function normalize(item: Item, seen: Seen<Session>): readonly InventoryRecord[] {
  const { vault, policy, contacts, enabled } = item;
  if (typeof enabled !== 'boolean')
    throw new MalformedError(`a certificate without attributes.enabled: ${vault.name}/${text(item.name) ?? ''}`);
  const expiresAt = moment(item.expires);
  const notBefore = momentOrAbsent(item.notBefore);
  const { observedAt } = seen;
  return [
    vaultCredential(
      {
        kind: keyvaultCertificateKind,
        item,
        status: orExpired(enabled ? 'active' : 'inactive', expiresAt, observedAt),
        operation: listCertificates.call,
        told: { rotatedAt: rotatedAtOf(item), expiresAt, notBefore, fingerprint: thumbprintOf(item.thumbprint) },
        rotationDueAt: autoRenewalAt(policy, notBefore, expiresAt),
        owners: contacts,
        evidence: [
          ...(policy.state === 'known' ? [{ operation: certificatePolicyOperation.call, observedAt, fields: ['rotationDueAt'] }] : []),
          ...(contacts.state === 'known' ? [{ operation: contactsOperation.call, observedAt, fields: ['owners'] }] : []),
        ],
        details: { issuer: policy.state === 'known' ? policy.value.issuerName : undefined },
      },
      seen,
    ),
  ];
}
