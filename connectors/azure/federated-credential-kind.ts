import type { SurfaceKind } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { privilegeFields } from '../../src/connector/privilege.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Trust } from '../../src/model/trust.ts';
import { claimsIn } from './claims-expression.ts';
import { type Json, described, text } from './json.ts';
import type { Privilege } from './privilege.ts';
import { reachEvidence } from './reach.ts';

export const federatedCredentialKind = defineKind({
  id: 'azure.federated_credential',
  title: 'Federated credential',
  record: 'credential',
  proves: 'Whoever its issuer names so signs in as the application or managed identity, without a secret.',
  remedy: {
    delete: [
      'az identity federated-credential delete --subscription {id/2} --resource-group {id/4} --identity-name {id/8} --name {id/10}',
      'az ad app federated-credential delete --id {identity} --federated-credential-id {id}',
    ],
  },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'federated',
    actor: 'workload',
    revocation: { seen: ['absent from federatedIdentityCredentials'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.app_secret', 'azure.app_certificate', 'azure.sp_secret', 'azure.sp_certificate'],
  },
});

export const federatedFacts = {
  expiresAt: 'never',
  purpose: 'exposed',
  privilege: 'exposed',
  owner: 'not-offered',
} as const satisfies SurfaceKind['facts'];

export type FederatedHolder = {
  readonly scope: string;
  readonly identity: string;
  readonly name: string;
  readonly operation: string;
  readonly observedAt: Instant;
  /** What a flexible credential matches in place of a subject; absent for any other. */
  readonly matches: Fact<string>;
  /** How far the application or managed identity reaches. */
  readonly reach: Fact<Privilege>;
};

/** The fields are the same in Graph and in Resource Manager; neither dates them. */
export function federatedRecord(raw: Json, id: string, holder: FederatedHolder): Credential {
  const { identity, operation, observedAt, matches, reach } = holder;
  const description = text(raw['description']);
  return credential({
    id,
    kind: federatedCredentialKind.id,
    provider: 'azure',
    scope: holder.scope,
    name: text(raw['name']) ?? id,
    status: 'active',
    managedBy: 'customer',
    identity: known(identity),
    createdAt: unknown('not-offered', 'federated credentials carry no dates'),
    rotatedAt: unknown('not-offered', 'there is no secret to renew'),
    lastUsedAt: unknown('not-offered', 'sign-ins are reported by secret and certificate only'),
    expiresAt: absent(),
    notBefore: unknown('not-offered'),
    purpose: description === undefined ? absent() : known(description),
    ...privilegeFields(reach),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    trust: trustOf(raw, matches),
    owners: [],
    tags: {},
    evidence: [{ operation, observedAt, fields: ['identity', 'trust', 'purpose'] }, ...reachEvidence(reach, observedAt)],
    details: described({ holder: holder.name, matches: matches.state === 'unknown' ? 'not read' : valueOf(matches) }),
  });
}

function trustOf(raw: Json, matches: Fact<string>): readonly Trust[] {
  const issuer = required(text(raw['issuer']), 'issuer');
  const audiences = Array.isArray(raw['audiences']) ? raw['audiences'].filter((each) => typeof each === 'string') : [];
  const trust = { issuer, ...subjectOf(raw, matches) };
  return audiences.length === 0 ? [trust] : audiences.map((audience) => ({ ...trust, audience }));
}

/** Of an expression that could not be read, or taken apart, nobody says whom it lets in: anybody, on a condition that stands for itself. */
function subjectOf(raw: Json, matches: Fact<string>): Pick<Trust, 'subject' | 'conditions' | 'narrowedBy'> {
  if (matches.state === 'absent') return { subject: text(raw['subject']) ?? '' };
  const conditions = { claimsMatchingExpression: matches.state === 'known' ? matches.value : 'not read' };
  const claims = matches.state === 'known' ? claimsIn(matches.value) : undefined;
  if (!claims) return { subject: '*', conditions };
  const { subject, isNarrowed } = claims;
  return isNarrowed ? { subject, conditions, narrowedBy: ['claim'] } : { subject };
}
