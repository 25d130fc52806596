import type { Seen } from '../../src/connector/contract.ts';
import { time } from '../../src/connector/item.ts';
import { type Credential, type CredentialFacts, credential } from '../../src/model/credential.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { Kind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, isJson, text } from './json.ts';
import { resourceScope } from './resource-scope.ts';
import { resourceTags } from './resource-tags.ts';
import type { Session } from './session.ts';

type Told = { readonly [F in Exclude<keyof CredentialFacts, 'identity' | 'rotationDueAt'>]?: Fact<CredentialFacts[F]> };
/** A credential under a resource; what `told` leaves out, Resource Manager does not offer. */
export type ResourceCredential = {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  /** Left out: the customer's. */
  readonly managedBy?: 'service';
  /** The resource, whose tags are those of the credential. */
  readonly parent: Json;
  readonly operation: string;
  readonly told: Told;
  readonly privileges?: readonly string[];
  readonly owners?: Fact<readonly OwnerClaim[]>;
  readonly evidence?: readonly Provenance[];
  readonly details: Readonly<Record<string, unknown>>;
};

const notOffered = unknown('not-offered');

export function resourceCredential(own: ResourceCredential, { session, observedAt }: Seen<Session>): Credential {
  const { kind, id, name, status, parent, operation, told, owners, privileges } = own;
  const fields = Object.entries(told).flatMap(([field, { state }]) => (state === 'unknown' ? [] : [field]));
  return credential({
    id,
    kind: kind.id,
    provider: 'azure',
    scope: resourceScope(session, parent['subscriptionId'], parent['resourceGroup']),
    name,
    status,
    managedBy: own.managedBy ?? 'customer',
    identity: absent(),
    createdAt: notOffered,
    rotatedAt: notOffered,
    lastUsedAt: unknown('not-offered', 'only diagnostic logs of the service have it'),
    expiresAt: notOffered,
    notBefore: notOffered,
    purpose: notOffered,
    privilege: notOffered,
    fingerprint: notOffered,
    consumers: notOffered,
    ...told,
    owners: owners?.state === 'known' ? owners.value : [],
    ...(owners?.state === 'unknown' ? { ownersUnknown: owners } : {}),
    ...(privileges && privileges.length > 0 ? { privileges } : {}),
    tags: resourceTags(parent['tags']),
    evidence: [{ operation, observedAt, fields: ['status', ...fields] }, ...(own.evidence ?? [])],
    details: described({
      resource: parent['name'],
      subscription: parent['subscriptionId'],
      resourceGroup: parent['resourceGroup'],
      ...own.details,
    }),
  });
}

export function propertiesOf(raw: Json): Json {
  return isJson(raw['properties']) ? raw['properties'] : {};
}

/** When Resource Manager saw it made; not all services keep that. */
export function madeAt(raw: Json): Fact<Instant> {
  const created = isJson(raw['systemData']) ? text(raw['systemData']['createdAt']) : undefined;
  return created === undefined ? unknown('not-offered', 'the service does not say when it was made') : time(created);
}

export function orExpired(status: Status, expiresAt: Fact<Instant>, observedAt: Instant): Status {
  return status === 'active' && expiresAt.state === 'known' && epoch(expiresAt.value) <= epoch(observedAt) ? 'expired' : status;
}
