// https://learn.microsoft.com/en-us/rest/api/keyvault/certificates/get-certificates/get-certificates
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { epoch } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import { autoRenewalAt, issuerOf } from './certificate-policy.ts';
import { type Json, described, listed, text } from './json.ts';
import { type Vault, findVaults } from './key-vault.ts';
import { RefusedAnswer } from './refused-answer.ts';
import { resourcesOperation } from './resource-graph.ts';
import { resourceTags } from './resource-tags.ts';
import type { Session } from './session.ts';
import { thumbprintOf } from './thumbprint.ts';
import { type Listed, attributesOf, listingOf, nameIn, vaultTime, vaultTimeOrAbsent, vaultVersion } from './vault-listing.ts';

export const keyvaultCertificateKind = defineKind({
  id: 'azure.keyvault_certificate',
  title: 'Key Vault certificate',
  record: 'credential',
  proves: 'Whoever may read the secret behind it, or sign with its key, is taken for its subject.',
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

export const listCertificates = { call: 'GET {vaultUrl}/certificates', permission: 'Key Vault Reader' } as const;
export const certificatePolicyOperation = {
  call: 'GET {vaultUrl}/certificates/{name}/policy',
  permission: 'Key Vault Reader',
  facts: ['rotationDueAt'],
} as const;
export const contactsOperation = {
  call: 'GET {vaultUrl}/certificates/contacts',
  permission: 'Key Vault Reader',
  facts: ['owner'],
} as const;

type Item = Listed & { readonly policy: Fact<Json>; readonly contacts: Fact<readonly OwnerClaim[]> };

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
  const { vaults, refused } = await findVaults(session, look);
  for await (const { vault, listing, pages } of fanOut(vaults, width, async (vault) => {
    const listing = await listingOf(vault, 'certificates', session, { signal: look.signal, hasFallback: false });
    const contacts = listing.pages.some((page) => page.length > 0) ? await contactsOf(vault, session, look) : absent();
    const pages = await Promise.all(
      listing.pages.map((page) =>
        Promise.all(page.map(async (each) => ({ ...each, contacts, policy: await policyOf(each, session, look) }))),
      ),
    );
    return { vault, listing, pages };
  })) {
    yield* pages;
    if (listing.refused) look.gap(`vault/${vault.name}`, listing.refused);
  }
  if (refused) throw refused;
}

/** Whom the vault warns of expiry: its only word on who looks after its certificates. A vault without contacts answers 404. */
function contactsOf(vault: Vault, session: Session, look: Look): Promise<Fact<readonly OwnerClaim[]>> {
  return look.learn<readonly OwnerClaim[]>(async () => {
    try {
      const rest = await session.vault(vault.url);
      const { contacts } = await rest.get(`/certificates/contacts?api-version=${vaultVersion}`, look.signal);
      const claims = listed(contacts, 'contacts').flatMap(({ email }) => {
        const ref = text(email);
        return ref === undefined ? [] : [{ role: 'technical', ref, by: 'certificate contact' } as const];
      });
      return known(claims);
    } catch (error) {
      if (error instanceof RefusedAnswer && error.status === 404) return absent();
      throw error;
    }
  });
}

function policyOf({ raw, vault }: Listed, session: Session, look: Look): Promise<Fact<Json>> {
  const name = nameIn(text(raw['id']), 'certificates');
  if (name === undefined || attributesOf(raw)['enabled'] !== true) return Promise.resolve(unknown('not-looked', 'it is not in use'));
  return look.learn(async () => {
    const rest = await session.vault(vault.url);
    return known(await rest.get(`/certificates/${name}/policy?api-version=${vaultVersion}`, look.signal));
  });
}

function normalize({ vault, raw, policy, contacts }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const id = required(text(raw['id']), 'id');
  const name = required(nameIn(id, 'certificates'), 'name');
  const attributes = attributesOf(raw);
  if (typeof attributes['enabled'] !== 'boolean')
    throw new MalformedError(`a certificate without attributes.enabled: ${vault.name}/${name}`);
  const expiresAt = vaultTime(attributes['exp']);
  const notBefore = vaultTimeOrAbsent(attributes['nbf']);
  const isExpired = expiresAt.state === 'known' && epoch(expiresAt.value) <= epoch(observedAt);
  return [
    credential({
      id,
      kind: keyvaultCertificateKind.id,
      provider: 'azure',
      scope: session.scope,
      name,
      status: attributes['enabled'] ? (isExpired ? 'expired' : 'active') : 'inactive',
      managedBy: 'customer',
      identity: absent(),
      createdAt: unknown('not-offered', 'the list dates the current version, not the first'),
      rotatedAt: vaultTime(attributes['created']),
      rotationDueAt: autoRenewalAt(policy, notBefore, expiresAt),
      lastUsedAt: unknown('not-offered', 'only diagnostic logs of the vault have it'),
      expiresAt,
      notBefore,
      purpose: unknown('not-offered'),
      privilege: unknown('not-offered'),
      fingerprint: sha1Of(raw['x5t']),
      consumers: unknown('not-offered'),
      owners: contacts.state === 'known' ? contacts.value : [],
      ...(contacts.state === 'unknown' ? { ownersUnknown: contacts } : {}),
      tags: resourceTags(raw['tags']),
      evidence: [
        { operation: listCertificates.call, observedAt, fields: ['status', 'rotatedAt', 'expiresAt', 'notBefore', 'fingerprint', 'tags'] },
        ...(policy.state === 'known' ? [{ operation: certificatePolicyOperation.call, observedAt, fields: ['rotationDueAt'] }] : []),
        ...(contacts.state === 'known' ? [{ operation: contactsOperation.call, observedAt, fields: ['owners'] }] : []),
      ],
      details: described({
        vault: vault.name,
        subscription: vault.subscription,
        resourceGroup: vault.resourceGroup,
        issuer: issuerOf(policy),
      }),
    }),
  ];
}

/** A vault writes thumbprints in base64 for addresses. */
function sha1Of(x5t: unknown): Fact<string> {
  return thumbprintOf(typeof x5t === 'string' ? Buffer.from(x5t, 'base64url').toString('base64') : x5t);
}
