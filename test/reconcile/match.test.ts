import { describe, expect, test } from 'vitest';
import type { Vendor, Workload } from '../../src/model/source.ts';
import { openVendorMatcher } from '../../src/reconcile/vendor-match.ts';
import { openWorkloadMatcher } from '../../src/reconcile/workload-match.ts';

const workload = (id: string, name: string): Workload => ({
  id,
  name,
  lifecycle: 'production',
  owner: 'group:default/team',
  source: 'catalog.yaml:1',
});
const checkout = workload('component:default/checkout', 'Checkout');
const system = workload('system:default/checkout', 'checkout');
const db = workload('resource:data/orders', 'orders');
const twice = [workload('component:a/mail', 'mail'), workload('component:b/mail', 'mail')];
const registry = { file: 'catalog.yaml', complete: true, rows: 5, entries: [checkout, system, db, ...twice], groups: [] };

describe('a workload', () => {
  const find = openWorkloadMatcher(registry);

  test.each([
    ['component:default/checkout', checkout],
    ['checkout', checkout],
    [' CHECKOUT', checkout],
    ['system:checkout', system],
    ['orders', db],
    ['resource:data/orders', db],
  ])('%s is found', (ref, entry) => {
    expect(find(ref)).toEqual({ fact: { state: 'known', value: entry }, named: { entry } });
  });

  test('that is not named is absent', () => {
    expect(find(undefined)).toEqual({ fact: { state: 'absent' } });
  });

  test('with a name that two have is not guessed', () => {
    expect(find('mail').fact).toEqual({
      state: 'unknown',
      why: 'not-in-source',
      detail: 'workload mail may be component:a/mail or component:b/mail',
    });
  });

  test('that a complete registry lacks is known to be in none', () => {
    expect(find('Old Batch')).toEqual({
      fact: { state: 'known', value: { id: 'old batch', name: 'Old Batch', lifecycle: 'not in registry', source: 'catalog.yaml' } },
    });
    expect(find('old')).toMatchObject({ fact: { value: { id: 'component:default/old' } } });
  });

  test('stays unknown where the registry may lack it, is missing or stale', () => {
    const partial = openWorkloadMatcher({ ...registry, complete: false });
    const stale = openWorkloadMatcher({ ...registry, stale: 'too old' });
    expect([partial('old').fact, openWorkloadMatcher(undefined)('old').fact, stale('old').fact]).toEqual([
      { state: 'unknown', why: 'not-in-source', detail: 'workload old is not in catalog.yaml, which does not claim to be complete' },
      { state: 'unknown', why: 'no-source', detail: 'no registry was given to find workload old' },
      { state: 'unknown', why: 'stale', detail: 'too old' },
    ]);
  });

  test('of a stale registry still names its owner', () => {
    expect(openWorkloadMatcher({ ...registry, stale: 'too old' })('checkout').named).toEqual({ entry: checkout, stale: 'too old' });
  });
});

describe('a vendor', () => {
  const paywell: Vendor = { id: 'paywell', name: 'Paywell Ltd', endsAt: '2027-06-30T23:59:59.999Z', source: 'vendors.csv:2' };
  const vendors = { file: 'vendors.csv', complete: true, rows: 1, entries: [paywell] };

  test.each(['paywell', 'PayWell', 'Paywell Ltd '])('%s is found', (ref) => {
    expect(openVendorMatcher(vendors)(ref)).toEqual({ fact: { state: 'known', value: paywell }, named: { entry: paywell } });
  });

  test('that is not listed stays unknown, also where the list is complete', () => {
    expect(openVendorMatcher(vendors)('acme').fact).toEqual({
      state: 'unknown',
      why: 'not-in-source',
      detail: 'vendor acme is not in vendors.csv',
    });
    expect(openVendorMatcher(undefined)('acme').fact).toMatchObject({ state: 'unknown', why: 'no-source' });
    expect(openVendorMatcher({ ...vendors, stale: 'too old' })('paywell').fact).toEqual({
      state: 'unknown',
      why: 'stale',
      detail: 'too old',
    });
  });

  test('that is not named is absent', () => {
    expect(openVendorMatcher(undefined)(undefined).fact).toEqual({ state: 'absent' });
  });
});
