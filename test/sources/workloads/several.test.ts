import { describe, expect, test } from 'vitest';
import { openOwnerResolver } from '../../../src/reconcile/owner-resolution.ts';
import { openWorkloadMatcher } from '../../../src/reconcile/workload-match.ts';
import type { Registry } from '../../../src/sources/workloads/format.ts';
import { readWorkloads } from '../../../src/sources/workloads/index.ts';
import { together } from '../../../src/sources/workloads/several.ts';
import { mistakesOf } from '../mistakes.ts';

const now = Date.parse('2026-11-21T00:00:00Z');
type Settings = { readonly complete?: boolean; readonly maxAge?: string };
const catalog = (text: string, settings: Settings = { complete: true }): Registry =>
  readWorkloads([{ file: 'catalog.yaml', text, retrievedAt: '2026-11-20T00:00:00Z' }], { ...settings, format: 'backstage' }, now);
const cmdb = (rows: string, settings: Settings = { complete: true }): Registry =>
  readWorkloads(
    [{ file: 'cmdb.csv', text: `sys_id,name,operational_status\n${rows}`, retrievedAt: '2026-10-01T00:00:00Z' }],
    { ...settings, format: 'servicenow' },
    now,
  );
const shop =
  'kind: Component\nmetadata: { name: shop }\nspec: { lifecycle: production }\n---\nkind: Group\nmetadata: { name: team }\nspec: {}\n';

describe('several registries', () => {
  test('are one, in which each name is found wherever it stands', () => {
    const all = together([catalog(shop), cmdb('9f1,SAP,retired\n')]);
    expect(all).toMatchObject({ file: 'catalog.yaml, cmdb.csv', complete: true, rows: 3, retrievedAt: '2026-10-01T00:00:00Z' });
    const find = openWorkloadMatcher(all);
    expect(find('shop').fact).toMatchObject({ value: { source: 'catalog.yaml:1' } });
    expect(find('sap').fact).toMatchObject({ value: { source: 'cmdb.csv:2', lifecycle: 'retired' } });
    expect(find('old').fact).toMatchObject({ state: 'known', value: { lifecycle: 'not in registry' } });
  });

  test('of which one is partial cannot say that a workload is nowhere, and the one with groups still lists all groups', () => {
    const all = together([catalog(shop), cmdb('9f1,SAP,retired\n', {})]);
    expect(openWorkloadMatcher(all)('old').fact).toMatchObject({ state: 'unknown', why: 'not-in-source' });
    const resolve = openOwnerResolver({ workloads: all });
    const standing = (ref: string): string => resolve({ claim: { role: 'technical', ref, by: 'test' } }).state;
    expect([standing('group:team'), standing('group:ghosts')]).toEqual(['empty', 'gone']);
  });

  test('of which one is too old lose its word, and not that of the others', () => {
    const all = together([catalog(shop, { complete: true, maxAge: '7d' }), cmdb('9f1,SAP,retired\n', { complete: true, maxAge: '7d' })]);
    const find = openWorkloadMatcher(all);
    expect(find('shop').fact.state).toBe('known');
    expect(find('sap')).toMatchObject({
      fact: { state: 'unknown', why: 'stale' },
      named: { stale: 'cmdb.csv is of 2026-10-01, older than 7d' },
    });
    expect(find('old').fact.state).toBe('unknown');
    expect(together([cmdb('9f1,SAP,retired\n', { maxAge: '7d' }), cmdb('9f2,CRM,retired\n', { maxAge: '7d' })]).stale).toContain(
      'older than 7d',
    );
  });

  test('with one name between them are a mistake: nobody says whose word counts', () => {
    expect(mistakesOf(() => together([catalog(shop), cmdb('9f1,SAP,retired\n9f2,Shop,operational\n')]))).toBe(
      'source-invalid\ncmdb.csv:3: the workload `Shop` already stands in another registry, at catalog.yaml:1 (leave it out of one of the two, or call it by another name there)',
    );
    expect(mistakesOf(() => together([catalog(shop), catalog(shop.replace('name: shop', 'name: till'))]))).toContain(
      'the group `group:default/team`',
    );
  });

  test('of one are that one', () => {
    const only = catalog(shop);
    expect(together([only])).toBe(only);
  });
});
