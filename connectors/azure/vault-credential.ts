import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Credential, type CredentialFacts, credential } from '../../src/model/credential.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Kind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { Status } from '../../src/model/record.ts';
import { described, text } from './json.ts';
import { resourceScope } from './resource-scope.ts';
import { resourceTags } from './resource-tags.ts';
import type { Session } from './session.ts';
import type { Listed } from './vault-listing.ts';

type Told = { readonly [F in 'rotatedAt' | 'expiresAt' | 'notBefore']: Fact<CredentialFacts[F]> } & {
  readonly [F in 'fingerprint' | 'statusSince']?: Fact<CredentialFacts[F]>;
};
/** What is in a vault; what is left out, the lists of a vault do not offer. */
export type VaultCredential = {
  readonly kind: Kind;
  readonly item: Listed;
  readonly status: Status;
  readonly operation: string;
  readonly told: Told;
  /** Of those that the vault can renew by itself, by its policy. */
  readonly rotationDueAt?: Fact<CredentialFacts['rotationDueAt']>;
  readonly owners?: Fact<readonly OwnerClaim[]>;
  /** Of what was asked beside the list. */
  readonly evidence?: readonly Provenance[];
  readonly details?: Readonly<Record<string, unknown>>;
};

const notOffered = unknown('not-offered');

export function vaultCredential(own: VaultCredential, { session, observedAt }: Seen<Session>): Credential {
  const { kind, item, status, operation, told, rotationDueAt, owners, evidence = [], details } = own;
  const { vault, managed, tags, refused } = item;
  const fields = Object.entries(told).flatMap(([field, { state }]) => (state === 'unknown' ? [] : [field]));
  return credential({
    id: required(text(item.id), 'id'),
    kind: kind.id,
    provider: 'azure',
    scope: resourceScope(session, vault.subscription, vault.resourceGroup),
    name: required(text(item.name), 'name'),
    status,
    // Key Vault renews the secret and the key of a certificate together with it.
    managedBy: managed === true ? 'service' : 'customer',
    identity: absent(),
    createdAt: unknown('not-offered', 'the list dates the current version, not the first'),
    ...(rotationDueAt === undefined ? {} : { rotationDueAt }),
    lastUsedAt: unknown('not-offered', 'only diagnostic logs of the vault have it'),
    purpose: notOffered,
    privilege: notOffered,
    fingerprint: notOffered,
    consumers: notOffered,
    ...told,
    owners: owners?.state === 'known' ? owners.value : [],
    ...(owners?.state === 'unknown' ? { ownersUnknown: owners } : {}),
    tags: resourceTags(tags),
    evidence: [{ operation, observedAt, fields: ['status', ...fields, 'tags'] }, ...evidence],
    details: described({
      vault: vault.name,
      ...(vault.isHsm === true ? { vaultType: 'Managed HSM' } : {}),
      subscription: vault.subscription,
      resourceGroup: vault.resourceGroup,
      ...details,
      vaultRefused: refused?.detail,
    }),
  });
}
