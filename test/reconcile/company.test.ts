import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { epoch } from '../../src/model/instant.ts';
import { openOwnerResolver } from '../../src/reconcile/owner-resolution.ts';
import { openVendorMatcher } from '../../src/reconcile/vendor-match.ts';
import { openWorkloadMatcher } from '../../src/reconcile/workload-match.ts';
import { readPeople } from '../../src/sources/people/index.ts';
import { readVendors } from '../../src/sources/vendors.ts';
import { readWorkloads } from '../../src/sources/workloads/index.ts';
import { openBook } from '../../src/waivers/book.ts';
import { loadWaivers } from '../../src/waivers/load.ts';

const folder = new URL('../../fixtures/company/', import.meta.url);
const now = epoch('2026-11-21T00:00:00Z');
const source = (file: string) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') });

const sources = {
  people: readPeople([source('people.csv')], { complete: true }, now),
  vendors: readVendors(source('vendors.csv'), { complete: true }, now),
  workloads: readWorkloads([source('catalog.yaml')], { format: 'backstage', complete: true }, now),
};
const waivers = loadWaivers([source('waivers.yaml')]);

test.each([
  ['dana.okafor@larkspur.example', 'active', 'people.csv:2'],
  ['lee', 'inactive', 'people.csv:4'],
  ['gh:mira-h', 'inactive', 'people.csv:6'],
  ['aiko.tanaka@larkspur.example', 'inactive', 'people.csv:8'],
  ['platform-team', 'active', 'catalog.yaml:31'],
  ['payments-team', 'active', 'catalog.yaml:36'],
  ['data-team', 'empty', 'catalog.yaml:41'],
  ['growth-team', 'empty', 'catalog.yaml:46'],
  ['former.intern@larkspur.example', 'gone', 'people.csv'],
])('the owner %s is %s', (ref, state, place) => {
  expect(openOwnerResolver(sources)({ claim: { role: 'technical', ref, by: 'tag owner' } })).toMatchObject({ state, source: place });
});

test.each([
  ['checkout', 'production'],
  ['storefront', 'production'],
  ['ci', 'production'],
  ['reporting', 'retired'],
  ['nightly-export', 'retired'],
  ['loyalty', 'experimental'],
  ['warehouse', 'not in registry'],
])('the workload %s is %s', (ref, lifecycle) => {
  expect(openWorkloadMatcher(sources.workloads)(ref)).toMatchObject({ fact: { value: { lifecycle } } });
});

test.each([
  ['paywell', '2027-06-30'],
  ['brightmetrics', '2026-06-30'],
  ['shipfast', '2026-12-31'],
])('the contract with %s ends on %s', (ref, date) => {
  expect(openVendorMatcher(sources.vendors)(ref)).toMatchObject({ fact: { value: { endsAt: `${date}T23:59:59.999Z` } } });
});

test('one waiver is active, one expired, one covers nothing', () => {
  const book = openBook(waivers, { sources, now, maxDuration: '90d', policies: new Map([['rotation/long-lived-credential', undefined]]) });
  for (const id of recordedKeys())
    book.settle('rotation/long-lived-credential', { id, kind: 'aws.iam_access_key', scope: 'account/111122223333', name: id }, 'fail');
  expect(book.states(() => undefined).map(({ waiver, state }) => [waiver.id, state])).toEqual([
    ['W-2026-011', 'active'],
    ['W-2026-006', 'expired'],
    ['W-2026-009', 'unmatched'],
  ]);
});

test('the waivers name keys that the recorded traffic holds', () => {
  const named = waivers.flatMap(({ subject }) => ('id' in subject ? [subject.id] : []));
  expect([...recordedKeys()]).toEqual(expect.arrayContaining(named));
});

function recordedKeys(): ReadonlySet<string> {
  const traffic = new URL('traffic/aws/', folder);
  return new Set(readdirSync(traffic).flatMap((file) => readFileSync(new URL(file, traffic), 'utf8').match(/\bAKIA[A-Z0-9]{16}\b/g) ?? []));
}
