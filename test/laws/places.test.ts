import { describe, expect, test } from 'vitest';
import { connectors } from '../../connectors/index.ts';

const all = await Promise.all(Object.values(connectors).map((load) => load()));

describe.each(all.map((each) => [each.id, each] as const))('%s', (_, { places = [], settings }) => {
  test('names lists among its settings as those of what to look at', () => {
    const { properties } = settings as { readonly properties: Readonly<Record<string, object>> };
    const lists = Object.keys(properties).filter((name) => JSON.stringify(properties[name]).includes('"type":"array"'));
    expect(places.filter((name) => !lists.includes(name))).toEqual([]);
  });
});

test('those that take a list of accounts, tenants, projects or organisations say so', () => {
  expect(all.filter(({ places = [] }) => places.length > 0).length).toBeGreaterThanOrEqual(4);
});
