import { credential, type Credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { grant } from '../../src/model/grant.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import type { Kind, Traits } from '../../src/model/kind.ts';
import type { PrivilegeLevel, Status } from '../../src/model/record.ts';
import type { Trust } from '../../src/model/trust.ts';
import type { OwnerState, ResolvedOwner, Subject } from '../../src/model/subject.ts';

export const now = Date.parse('2026-11-21T00:00:00Z');

/** `90d`, `1s`, with or without a minus: from now, as an instant. */
export function at(offset: string): string {
  const [, amount = '', unit = ''] = /^(-?\d+)([sdhm])$/.exec(offset) ?? [];
  const length = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 's' | 'm' | 'h' | 'd'];
  return new Date(now + Number(amount) * length).toISOString().replace('.000Z', 'Z');
}

export function kind(traits: Partial<Traits> = {}, id = 'aws.iam_access_key', record: Kind['record'] = 'credential'): Kind {
  return {
    id,
    title: 'A kind',
    record,
    proves: 'a test',
    traits: {
      expiry: 'optional',
      rotation: 'replace',
      proof: 'bearer',
      revocation: { seen: ['deleted'], tokensLive: null },
      takesWith: [],
      leavesBehind: [],
      ...traits,
    },
  };
}

const unlooked = unknown('not-looked');
type Facts = {
  readonly [F in
    | 'createdAt'
    | 'rotatedAt'
    | 'rotationDueAt'
    | 'lastUsedAt'
    | 'expiresAt'
    | 'notBefore'
    | 'statusSince'
    | 'identity'
    | 'fingerprint']?: Fact<string>;
} & { readonly consumers?: Fact<readonly string[]>; readonly trust?: readonly Trust[] };
type Plain = {
  readonly id?: string;
  readonly name?: string;
  readonly scope?: string;
  readonly status?: Status;
  readonly managedBy?: 'customer' | 'provider' | 'service';
  readonly tags?: Readonly<Record<string, string>>;
  readonly privilege?: Fact<PrivilegeLevel>;
};

export function key({
  id = 'key-1',
  name = id,
  scope = 'account/111122223333',
  status = 'active',
  managedBy = 'customer',
  tags = {},
  privilege = unlooked,
  ...facts
}: Facts & Plain = {}): Credential {
  return credential({
    id,
    kind: 'aws.iam_access_key',
    provider: 'aws',
    scope,
    name,
    status,
    managedBy,
    owners: [],
    tags,
    evidence: [],
    details: {},
    identity: unlooked,
    createdAt: unlooked,
    rotatedAt: unlooked,
    lastUsedAt: unlooked,
    expiresAt: unlooked,
    notBefore: unlooked,
    purpose: unlooked,
    privilege,
    fingerprint: unlooked,
    consumers: unlooked,
    ...facts,
  });
}

export function subject(record: Subject['record'] = key(), rest: Partial<Omit<Subject, 'record'>> = {}): Subject {
  return {
    record,
    kind: kind(),
    owners: [],
    workload: absent(),
    vendor: absent(),
    purpose: unlooked,
    person: unlooked,
    environments: [],
    declaredPrivilege: absent(),
    quarantine: { since: unlooked, until: absent() },
    siblings: [],
    ...rest,
  };
}

type IdentityFacts = { readonly consumers?: Fact<readonly string[]>; readonly trust?: readonly Trust[] };

export function identityOf({
  id = 'user-1',
  name = id,
  scope = 'account/111122223333',
  status = 'active',
  managedBy = 'customer',
  tags = {},
  privilege = unlooked,
  ...rest
}: Plain & IdentityFacts = {}): Identity {
  const plain = { id, kind: 'aws.iam_user', provider: 'aws', scope, name, status, managedBy, owners: [], tags, evidence: [], details: {} };
  const facts = { createdAt: unlooked, lastUsedAt: unlooked, expiresAt: unlooked, purpose: unlooked, privilege };
  return identity({ ...plain, ...facts, ...rest });
}

export function user(rest: Plain & IdentityFacts = {}): Subject {
  return subject(identityOf(rest), { kind: kind({ expiry: 'never', rotation: 'none', proof: 'none' }, 'aws.iam_user', 'identity') });
}

export function held(identity: Fact<string>): Subject {
  const plain = { id: 'grant-1', kind: 'aws.assignment', provider: 'aws', scope: 'account/111122223333', name: 'grant-1' } as const;
  const rest = { status: 'active', managedBy: 'customer', owners: [], tags: {}, evidence: [], details: {} } as const;
  const facts = {
    permission: unlooked,
    createdAt: unlooked,
    lastUsedAt: unlooked,
    expiresAt: unlooked,
    purpose: unlooked,
    privilege: unlooked,
  };
  const record = grant({ ...plain, ...rest, ...facts, identity });
  return subject(record, { kind: kind({ rotation: 'none', proof: 'none' }, 'aws.assignment', 'grant') });
}

type Claim = { readonly role?: 'business' | 'technical'; readonly by?: string; readonly control?: true };

export function owner(ref: string, state: OwnerState, rest: Partial<Omit<ResolvedOwner, 'claim' | 'state'>> & Claim = {}): ResolvedOwner {
  const { role = 'technical', by = `tag ${role}`, control, ...more } = rest;
  return { claim: { role, ref, by, ...(control === undefined ? {} : { control }) }, state, ...more };
}

export const ago = (offset: string) => known(at(`-${offset}`));
export const ahead = (offset: string) => known(at(offset));
