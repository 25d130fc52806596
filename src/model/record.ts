import type { Fact, Unknown } from './fact.ts';
import type { Instant } from './instant.ts';
import { OwnerClaim } from './owner.ts';
import { Provenance } from './provenance.ts';
import { at, factAt, factText, named, text, texts, why } from './schema.ts';

export const statuses = ['active', 'inactive', 'quarantined', 'expired', 'pending-deletion', 'deleted-recoverable', 'unknown'] as const;
export type Status = (typeof statuses)[number];

/** How far an identity, or what acts with the credential, can reach. From most to least. */
export const privilegeLevels = ['admin', 'escalation', 'write', 'read', 'none'] as const;
export type PrivilegeLevel = (typeof privilegeLevels)[number];

/** What every record carries; credential, identity and grant add their own. */
export const common = {
  id: text,
  kind: text,
  provider: text,
  scope: text,
  name: text,
  status: { enum: statuses },
  managedBy: { enum: ['customer', 'provider', 'service'] },
  createdAt: factAt,
  lastUsedAt: factAt,
  expiresAt: factAt,
  /** When it got the status it has, such as the day it was disabled. Left out by kinds that never tell. */
  statusSince: factAt,
  purpose: factText,
  privilege: { enum: [...privilegeLevels, null] },
  /** Provider statements behind `privilege`, as short texts. */
  privileges: texts,
  owners: { type: 'array', items: OwnerClaim },
  tags: named,
  evidence: { type: 'array', items: Provenance },
  /** For display only; policies may not read it. */
  details: named,
  /** Field name -> why it could not be learned. */
  unknown: { type: 'object', additionalProperties: why },
  /** Field name of an absent fact -> start of the window in which its absence was watched. */
  since: { type: 'object', additionalProperties: at },
} as const;
export const commonRequired = [
  'record',
  'id',
  'kind',
  'provider',
  'scope',
  'name',
  'status',
  'managedBy',
  'owners',
  'tags',
  'evidence',
  'details',
] as const;

export type Common = {
  readonly id: string;
  readonly kind: string;
  readonly provider: string;
  readonly scope: string;
  readonly name: string;
  readonly status: Status;
  readonly managedBy: 'customer' | 'provider' | 'service';
  readonly owners: readonly OwnerClaim[];
  readonly privileges?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly evidence: readonly Provenance[];
  readonly details: Readonly<Record<string, string>>;
};

/** The wire and in-memory form of the facts: one representation, read only through `fact()`. */
export type Wire<Facts> = { readonly [F in keyof Facts]?: Facts[F] | null } & {
  /** `owners` is named here where the provider has owners that could not be read: its list then holds only what could. */
  readonly unknown?: { readonly [F in keyof Facts | 'owners']?: Omit<Unknown, 'state'> };
  readonly since?: { readonly [F in keyof Facts]?: Instant };
};

/** What a maker takes: every fact in one of its three states, none left out. `ownersUnknown`: why `owners` is not the whole list. */
export type Input<Facts> = Common & { readonly ownersUnknown?: Unknown } & { readonly [F in keyof Facts]: Fact<Facts[F]> };

/** The one part of a record that is a list of claims and may still be unread. */
export function layOwners(ownersUnknown: Unknown | undefined): Readonly<Record<string, Unknown>> {
  return ownersUnknown ? { owners: ownersUnknown } : {};
}

/** Reads one fact of a record. A field that is neither present nor explained was not looked at. */
export function fact<R extends object, F extends keyof R & string>(record: R, field: F): Fact<NonNullable<R[F]>> {
  const value = record[field];
  const { unknown, since } = record as { readonly unknown?: Reasons; readonly since?: Readonly<Record<string, Instant>> };
  if (value === null) {
    const watched = since?.[field];
    return watched === undefined ? { state: 'absent' } : { state: 'absent', since: watched };
  }
  if (value !== undefined) return { state: 'known', value };
  const reason = unknown?.[field];
  if (reason === undefined) return notLooked;
  // Not spread: facts are read millions of times.
  return reason.detail === undefined ? { state: 'unknown', why: reason.why } : { state: 'unknown', why: reason.why, detail: reason.detail };
}
const notLooked: Unknown = { state: 'unknown', why: 'not-looked' };
type Reasons = Readonly<Record<string, Omit<Unknown, 'state'>>>;

/** Kinds that never tell leave it out, so that a silence about it says that of the provider. */
export function statusSinceOf(record: object): Fact<Instant> {
  const since = fact<{ readonly statusSince?: Instant | null }, 'statusSince'>(record, 'statusSince');
  return since === notLooked ? { state: 'unknown', why: 'not-offered' } : since;
}

/** Lays facts out in their wire form: known = value, absent = null, unknown = left out and named with its reason. */
export function layFacts(facts: Readonly<Record<string, Fact<unknown>>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const reasons: Record<string, Omit<Unknown, 'state'>> = {};
  const watched: Record<string, Instant> = {};
  for (const [field, each] of Object.entries(facts)) {
    if (each.state === 'known') values[field] = each.value;
    else if (each.state === 'absent') {
      values[field] = null;
      if (each.since !== undefined) watched[field] = each.since;
    } else reasons[field] = each.detail === undefined ? { why: each.why } : { why: each.why, detail: each.detail };
  }
  if (Object.keys(reasons).length > 0) values['unknown'] = reasons;
  if (Object.keys(watched).length > 0) values['since'] = watched;
  return values;
}
