import { credential } from '../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../src/model/fact.ts';
import { grant } from '../src/model/grant.ts';
import { identity } from '../src/model/identity.ts';
import type { Instant } from '../src/model/instant.ts';
import type { InventoryRecord } from '../src/model/inventory.ts';
import type { Kind } from '../src/model/kind.ts';
import type { PrivilegeLevel, Status } from '../src/model/record.ts';
import type { Person, Sources, Workload } from '../src/model/source.ts';

export const now = Date.parse('2026-11-21T00:00:00Z');

/** Every kind in turn, three credentials of one kind to an identity, and all that a record can be: old, dormant, unread, shared, off. */
export function* mixedInventory(kinds: readonly Kind[], credentials: number): Generator<InventoryRecord> {
  const [identities, secrets, grants] = (['identity', 'credential', 'grant'] as const).map((record) =>
    kinds.filter((kind) => kind.record === record),
  );
  for (let index = 0, made = 0; made < credentials; index += 1) {
    const owner = pick(identities ?? [], index);
    const kind = pick(
      (secrets ?? []).filter((each) => providerOf(each) === providerOf(owner)),
      Math.floor(index / 7),
    );
    yield identity({ ...plain(owner, `identity-${String(index)}`, index), ...facts(index) });
    for (let of = 0; of < 3 && made < credentials; of += 1, made += 1) yield secret(kind, index, made);
    const right = (grants ?? []).find((each) => providerOf(each) === providerOf(owner));
    if (right && index % 4 === 0) {
      const identityId = known(`identity-${String(index)}`);
      yield grant({ ...plain(right, `grant-${String(index)}`, index), ...facts(index), identity: identityId, permission: known('Owner') });
    }
  }
}

function secret(kind: Kind, index: number, made: number): InventoryRecord {
  const value = daysAgo(made % 900);
  const isFederated = kind.traits.proof === 'federated';
  return credential({
    ...plain(kind, `credential-${String(made)}`, made),
    ...facts(made),
    createdAt: value,
    rotatedAt: made % 13 === 0 ? unknown('permission-denied') : value,
    identity: known(`identity-${String(index)}`),
    notBefore: absent(),
    fingerprint: made % 5 === 0 ? known(`SHA256:${String(made % 30_000)}`) : absent(),
    consumers: made % 9 === 0 ? known([`consumer-${String(made % 4)}`]) : unknown('not-offered'),
    ...(isFederated
      ? {
          trust: [
            { issuer: 'https://token.actions.githubusercontent.com', subject: `repo:acme/app-${String(made % 50)}:*`, audience: 'x' },
          ],
        }
      : {}),
  });
}

function plain(kind: Kind, id: string, index: number) {
  return {
    id,
    kind: kind.id,
    provider: providerOf(kind),
    scope: `account/${String(100_000_000_000 + (index % 40))}`,
    name: id,
    status: pick<Status>(['active', 'active', 'active', 'inactive', 'active', 'quarantined', 'unknown', 'expired'], index),
    managedBy: 'customer' as const,
    owners: [],
    tags: tagsOf(index),
    evidence: [{ operation: 'List', observedAt: '2026-11-21T00:00:00Z', fields: ['tags'] }],
    details: {},
  };
}

function tagsOf(index: number): Readonly<Record<string, string>> {
  return {
    ...(index % 3 === 0 ? {} : { owner: `person-${String(index % 500)}@larkspur.example` }),
    ...(index % 4 === 0 ? { workload: `app-${String(index % 200)}` } : {}),
    ...(index % 6 === 0 ? { env: index % 12 === 0 ? 'prod' : 'dev' } : {}),
  };
}

function facts(index: number) {
  return {
    createdAt: daysAgo(index % 1500),
    lastUsedAt: index % 11 === 0 ? unknown('not-offered') : index % 17 === 0 ? absent() : daysAgo(index % 300),
    expiresAt: index % 3 === 0 ? daysAgo(200 - (index % 900)) : index % 3 === 1 ? absent() : unknown('not-offered'),
    statusSince: daysAgo(index % 100),
    purpose: index % 5 === 0 ? known('nightly export') : absent(),
    privilege:
      index % 7 === 0 ? unknown('not-offered') : known(pick<PrivilegeLevel>(['admin', 'read', 'write', 'escalation', 'none'], index)),
  };
}

/** A roster and a registry in which most are there, some have left, and some are missing. */
export function mixedSources(): Sources {
  const people = Array.from(
    { length: 450 },
    (_, index): Person => ({
      id: `E${String(index)}`,
      email: `person-${String(index)}@larkspur.example`,
      status: index % 10 === 0 ? 'terminated' : 'active',
      aliases: [],
      source: `people.csv:${String(index)}`,
    }),
  );
  const entries = Array.from(
    { length: 180 },
    (_, index): Workload => ({
      id: `component:default/app-${String(index)}`,
      name: `app-${String(index)}`,
      lifecycle: index % 9 === 0 ? 'retired' : 'production',
      owner: `person-${String(index)}@larkspur.example`,
      source: `catalog.yaml:${String(index)}`,
    }),
  );
  return {
    people: { file: 'people.csv', complete: true, rows: people.length, entries: people },
    workloads: { file: 'catalog.yaml', complete: true, rows: entries.length, entries, groups: [] },
  };
}

function providerOf({ id }: Kind): string {
  return id.slice(0, id.indexOf('.'));
}

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

function daysAgo(days: number): Fact<Instant> {
  return known(new Date(now - days * 86_400_000).toISOString());
}
