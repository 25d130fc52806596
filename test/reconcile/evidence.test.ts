import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sources } from '../../src/model/source.ts';
import { type Around, type NamedEntries, claimsOf } from '../../src/reconcile/claims.ts';
import { defaultConventions } from '../../src/reconcile/conventions.ts';
import { type OwnerEvidence, ownerEvidence } from '../../src/reconcile/owner-evidence.ts';
import { openOwnerResolver } from '../../src/reconcile/owner-resolution.ts';
import { openRepositoryMatcher } from '../../src/reconcile/repository-match.ts';
import { openVendorMatcher } from '../../src/reconcile/vendor-match.ts';
import { openWorkloadMatcher } from '../../src/reconcile/workload-match.ts';
import { aCredential, anIdentity } from './records.ts';

const source = 'x:1';
const key = aCredential('k1', 'u1', {
  owners: [{ role: 'technical', ref: 'by-provider', by: 'added by' }],
  tags: { owner: 'by-tag' },
});
const around: Around = {
  identity: anIdentity('u1', { tags: { owner: 'by-identity' } }),
  scopes: [
    {
      record: 'scope',
      id: 'account/1',
      provider: 'toy',
      name: 'prod',
      tags: { owner: 'by-scope', 'business-owner': 'boss' },
      evidence: [],
      details: {},
    },
  ],
};
const named: NamedEntries = {
  workload: { entry: { id: 'component:default/shop', name: 'shop', lifecycle: 'production', owner: 'by-workload', source } },
  vendor: { entry: { id: 'paywell', name: 'Paywell', technicalOwner: 'by-vendor', source } },
  repository: { entry: { repository: 'acme/shop', owners: ['by-codeowners'], source } },
};
const refs = (order?: readonly OwnerEvidence[]) => claimsOf(key, around, named, defaultConventions, order).map(({ claim }) => claim.ref);

describe('evidence of owners', () => {
  test('is kept whole, the nearest first, and the weak only for a role that nobody has', () => {
    expect(refs()).toEqual(['by-provider', 'by-tag', 'by-identity', 'by-workload', 'by-vendor', 'boss']);
  });

  test.each<[readonly OwnerEvidence[], readonly string[]]>([
    [
      ['workload', 'tags'],
      ['by-workload', 'by-tag'],
    ],
    [
      ['codeowners', 'tags'],
      ['by-codeowners', 'by-tag'],
    ],
    [['tags', 'codeowners'], ['by-tag']],
    [
      ['codeowners', 'scope'],
      ['by-codeowners', 'boss'],
    ],
    [['scope'], ['by-scope', 'boss']],
  ])('in the order %j gives %j', (order, expected) => {
    expect(refs(order)).toEqual(expected);
  });

  test('of everybody who is asked is kept, in whatever order', () => {
    const strong = ownerEvidence.filter((each) => each !== 'scope' && each !== 'codeowners');
    fc.assert(
      fc.property(fc.shuffledSubarray(strong, { minLength: 1 }), (order) => {
        expect(refs(order)).toEqual(order.map((each) => `by-${each === 'tags' ? 'tag' : each}`));
      }),
    );
  });

  test('of the registry may name who answers for the purpose', () => {
    const entry = { id: 'component:default/shop', name: 'shop', lifecycle: 'production', businessOwner: 'boss', source };
    expect(claimsOf(key, { scopes: [] }, { workload: { entry } }, defaultConventions, ['workload'])).toEqual([
      { claim: { role: 'business', ref: 'boss', by: 'workload component:default/shop' } },
    ]);
  });
});

describe('a vendor without a tag', () => {
  const paywell = { id: 'paywell', name: 'Paywell', domains: ['paywell.example'], identities: ['arn:aws:iam::*:role/paywell-*'], source };
  const vendors = { file: 'vendors.csv', complete: true, rows: 1, entries: [paywell] };
  const find = openVendorMatcher(vendors);

  test.each([
    ['Ines.Varga@Paywell.example', 'paywell'],
    ['ines.varga_paywell.example#EXT#@larkspurfoods.onmicrosoft.com', 'paywell'],
    ['arn:aws:iam::111122223333:role/paywell-settlement', 'paywell'],
    ['ines.varga@not-paywell.example', undefined],
    ['ines.varga@paywell.example.evil.example', undefined],
    ['paywell.example', undefined],
    ['dana.okafor@larkspur.example', undefined],
  ])('is told by %s: %s', (id, vendor) => {
    const { fact } = find(undefined, anIdentity(id));
    expect(fact.state === 'known' ? fact.value.id : undefined).toBe(vendor);
    expect(find(undefined, aCredential('k', id), anIdentity(id)).fact).toEqual(fact);
  });

  test('is not what the tag contradicts', () => {
    expect(find('somebody', anIdentity('ines.varga@paywell.example')).fact).toMatchObject({ state: 'unknown', why: 'not-in-source' });
  });

  test('is unknown where the list is too old', () => {
    const old = openVendorMatcher({ ...vendors, stale: 'vendors.csv is old' });
    expect(old(undefined, anIdentity('ines.varga@paywell.example')).fact).toMatchObject({ state: 'unknown', why: 'stale' });
    expect(old(undefined, anIdentity('dana.okafor@larkspur.example')).fact).toEqual({ state: 'absent' });
  });
});

test('a workload is found by an alias that only one has', () => {
  const entry = (name: string, aliases: readonly string[]) => ({
    id: `component:default/${name}`,
    name,
    lifecycle: 'production',
    aliases,
    source,
  });
  const find = openWorkloadMatcher({
    file: 'w',
    complete: true,
    rows: 2,
    groups: [],
    entries: [entry('a', ['Check Out', 'both']), entry('b', ['both'])],
  });
  expect(find('check out').named?.entry.name).toBe('a');
  expect(find('both').fact).toMatchObject({ state: 'unknown' });
});

describe('CODEOWNERS', () => {
  const entry = { repository: 'acme/shop', owners: ['dana'], source };
  const find = openRepositoryMatcher({ file: 'CODEOWNERS', complete: false, rows: 1, entries: [entry], stale: 'old' });

  test.each([
    ['github', 'repository/Acme/Shop', true],
    ['github', 'repository/acme/shop/environment/production', true],
    ['github', 'repository/acme/shop-2', false],
    ['github', 'organization/acme', false],
    ['toy', 'repository/acme/shop', false],
  ])('of %s %s: %s', (provider, scope, isFound) => {
    expect(find({ provider, scope })).toEqual(isFound ? { entry, stale: 'old' } : undefined);
  });
});

describe('a name that no source can clear up', () => {
  const people = {
    file: 'users.json',
    complete: true,
    rows: 2,
    ambiguous: ['e1'],
    entries: [
      { id: 'u1', status: 'active' as const, aliases: ['E1'], source },
      { id: 'u2', status: 'active' as const, aliases: ['E1'], source },
    ],
  };
  const workloads = { file: 'opslevel.yml', complete: true, rows: 1, entries: [], groups: [], lacksGroups: true as const };
  const standing = (ref: string, sources: Sources) => openOwnerResolver(sources)({ claim: { role: 'technical', ref, by: 'tag owner' } });

  test('is not gone where several people have it', () => {
    expect(standing('E1', { people, workloads })).toMatchObject({
      state: 'unconfirmed',
      why: { detail: 'several people in users.json are called E1' },
    });
  });

  test.each(['payments_team', 'group:payments_team'])('is not gone where it may be a group of a registry that lists none: %s', (ref) => {
    expect(standing(ref, { people, workloads })).toMatchObject({ state: 'unconfirmed', why: { why: 'not-in-source' } });
    expect(standing(ref, { people, workloads: { ...workloads, lacksGroups: undefined } as Sources['workloads'] & object }).state).toBe(
      'gone',
    );
  });

  test('is gone where it can only be a person', () => {
    expect(standing('nobody@larkspur.example', { people, workloads }).state).toBe('gone');
  });
});
