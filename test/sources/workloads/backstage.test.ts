import { describe, expect, test } from 'vitest';
import { readWorkloads } from '../../../src/sources/workloads/index.ts';
import { mistakesOf } from '../mistakes.ts';

const read = (...texts: readonly string[]) =>
  readWorkloads(
    texts.map((text, at) => ({ file: `catalog-${String(at)}.yaml`, text })),
    { format: 'backstage', complete: true },
    0,
  );
const entity = (kind: string, name: string, spec: string, metadata = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}${metadata} }\nspec: ${spec}\n`;

describe('a workload', () => {
  test.each([
    [
      'Component',
      'checkout',
      '{ lifecycle: production, owner: payments-team }',
      '',
      { id: 'component:default/checkout', lifecycle: 'production', owner: 'group:default/payments-team' },
    ],
    ['Component', 'checkout', '{ lifecycle: retired, owner: user:dana }', '', { owner: 'user:default/dana', lifecycle: 'retired' }],
    ['Component', 'checkout', '{ lifecycle: production, owner: dana@larkspur.example }', '', { owner: 'dana@larkspur.example' }],
    [
      'Component',
      'Checkout',
      '{ lifecycle: production, owner: team }',
      ', namespace: Shop',
      { id: 'component:shop/checkout', name: 'Checkout', owner: 'group:shop/team' },
    ],
    [
      'System',
      'shop',
      '{ owner: group:other/team }',
      '',
      { id: 'system:default/shop', lifecycle: 'unspecified', owner: 'group:other/team' },
    ],
    ['Resource', 'orders-db', '{}', '', { id: 'resource:default/orders-db', lifecycle: 'unspecified' }],
  ])('%s %s %s', (kind, name, spec, metadata, expected) => {
    expect(read(entity(kind, name, spec, metadata)).entries).toMatchObject([expected]);
  });

  test('comes with the line that says so', () => {
    const text = [entity('Component', 'a', '{ lifecycle: x }'), entity('Component', 'b', '{ lifecycle: x }')].join('---\n');
    expect(read(text).entries.map(({ source }) => source)).toEqual(['catalog-0.yaml:1', 'catalog-0.yaml:6']);
  });
});

describe('a group', () => {
  const members = (...documents: readonly string[]) =>
    Object.fromEntries(read(documents.join('---\n')).groups.map(({ id, members: all }) => [id, all]));

  test('has the members that it names and the users that name it', () => {
    expect(
      members(
        entity('Group', 'platform', '{ type: team, children: [], members: [priya, user:default/Tomas] }'),
        entity('User', 'priya', '{ memberOf: [platform] }'),
        entity('User', 'sam', '{ memberOf: [group:default/platform] }'),
      ),
    ).toEqual({ 'group:default/platform': ['user:default/priya', 'user:default/tomas', 'user:default/sam'] });
  });

  test('has the groups inside it, whichever of both says so', () => {
    expect(
      members(entity('Group', 'all', '{ children: [one] }'), entity('Group', 'one', '{}'), entity('Group', 'two', '{ parent: all }')),
    ).toMatchObject({
      'group:default/all': ['group:default/one', 'group:default/two'],
    });
  });

  test('without anybody is still a group', () => {
    expect(members(entity('Group', 'growth', '{ children: [] }'))).toEqual({ 'group:default/growth': [] });
  });

  test('may have an address', () => {
    expect(read(entity('Group', 'growth', '{ profile: { email: growth@larkspur.example } }')).groups[0]?.email).toBe(
      'growth@larkspur.example',
    );
  });
});

test('users lead from their name to their address', () => {
  expect(read(entity('User', 'priya', '{ profile: { email: priya.nair@larkspur.example }, memberOf: [] }')).users).toEqual([
    { id: 'user:default/priya', source: 'catalog-0.yaml:1', email: 'priya.nair@larkspur.example' },
  ]);
});

test('other kinds are passed over and counted', () => {
  const text = [
    entity('API', 'a', '{}'),
    entity('API', 'b', '{}'),
    entity('Location', 'c', '{}'),
    entity('Component', 'd', '{ lifecycle: production }'),
  ].join('---\n');
  expect(read(text)).toMatchObject({ rows: 1, ignored: { API: 2, Location: 1 } });
});

test('files are read as one registry', () => {
  const registry = read(entity('Group', 'team', '{}'), entity('User', 'priya', '{ memberOf: [team] }'));
  expect(registry).toMatchObject({ file: 'catalog-0.yaml, catalog-1.yaml', rows: 2, groups: [{ members: ['user:default/priya'] }] });
});

test('every document that cannot be read is told, over all files', () => {
  const first = [
    'kind: Component\nmetadata: { name: a }\nspec: { owner: team }\n',
    'apiVersion: v1\nmetadata: { name: b }\n',
    'kind: Group\nmetadata: { name: c/d }\nspec: { members: priya }\n',
    'just text\n',
    'kind: API\nmetadata: 7\n',
  ].join('---\n');
  const second = [entity('Component', 'e', '{ lifecycle: production }'), entity('Component', 'E', '{ lifecycle: retired }')].join('---\n');
  expect(mistakesOf(() => read(first, second))).toMatchInlineSnapshot(`
    "source-invalid
    catalog-0.yaml:3:1: \`lifecycle\` is missing in spec
    catalog-0.yaml:5:1: \`kind\` is missing
    catalog-0.yaml:9:19: metadata.name is not a name without blanks, \`:\` or \`/\`: \`c/d\` (such as checkout)
    catalog-0.yaml:10:18: spec.members must be a list, not \`priya\` (write [priya])
    catalog-0.yaml:12:1: the document must be a map, not \`just text\`
    catalog-1.yaml:8:19: component:default/e is already described at catalog-1.yaml:1"
  `);
});
