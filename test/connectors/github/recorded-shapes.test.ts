import { expect, test } from 'vitest';
import { loadTraffic } from '../../../src/cli/traffic.ts';
import { deployKey, organizationSecret, patGrant } from './raw.ts';

const { exchanges } = await loadTraffic('fixtures/company/traffic', ['github']);

function recorded(path: RegExp): unknown[] {
  return exchanges.filter(({ exchange }) => path.test(exchange.request.url)).map(({ exchange }) => exchange.responses[0]?.body);
}

/** The recordings are written by hand, so they are held against the shapes that the compiler has checked. */
test.each([
  ['tokens', recorded(/\/personal-access-tokens\?/).flat(), patGrant, []],
  [
    'owners of tokens',
    (recorded(/\/personal-access-tokens\?/).flat() as { owner: object }[]).map(({ owner }) => owner),
    patGrant.owner,
    [],
  ],
  ['deploy keys', recorded(/\/repos\/.*\/keys\?/).flat(), deployKey, []],
  [
    'secrets',
    (recorded(/\/(?:orgs|organizations)\/[^/]+\/[a-z]+\/secrets\?/) as { secrets: object[] }[]).flatMap(({ secrets }) => secrets),
    organizationSecret,
    ['selected_repositories_url'],
  ],
])('recorded %s have the documented fields', (_name, items, sample: object, optional: string[]) => {
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) {
    const fields = Object.keys(item as object);
    expect(new Set([...fields, ...optional])).toEqual(new Set([...Object.keys(sample), ...optional]));
  }
});
