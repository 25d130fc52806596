import { describe, expect, test } from 'vitest';
import { parseDocuments } from '../../src/document/parse.ts';
import { checked } from '../../src/document/validate.ts';
import { predicates } from '../../src/policy/predicates/index.ts';
import { PolicyFileSchema } from '../../src/policy/schema.ts';
import { mistakesOf } from '../document/mistakes.ts';
import { shipped } from './shipped.ts';

const check = (file: string, text: string) => parseDocuments(file, text).map((document) => checked(document, PolicyFileSchema));

test.each(shipped.map(({ file, text }) => [file, text] as const))(
  '%s fits the published schema as it stands, parameters and all',
  (file, text) => {
    expect(check(file, text)).toHaveLength(1);
  },
);

describe('a parameter may stand', () => {
  const set = (part: string) =>
    `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: acme }\nparams: { x: 1d }\npolicies: [{ id: a/b, ${part} }]\n`;
  test.each([
    'assert: { rotation: { maxAge: $x } }',
    'assert: { owner: { require: $x, states: $x } }',
    'assert: { all: [{ any: [{ not: { usage: { dormantAfter: $x } } }] }] }',
    'severity: $x',
    'match: { kinds: $x, tags: { env: $x }, traits: { expiry: $x } }',
    'exclude: [{ states: $x, because: $x }]',
    'severityWhen: [{ match: { privilege: $x }, severity: $x }]',
  ])('%s', (part) => {
    expect(check('a.yaml', set(part))).toHaveLength(1);
  });

  test('and nothing else that only looks like one', () => {
    expect(mistakesOf(() => check('a.yaml', set('assert: { rotation: { maxAge: "$1" } }')))).toContain('maxAge');
  });
});

test('every predicate is in the published schema', () => {
  const words = Object.fromEntries([...Object.keys(predicates), 'all', 'any', 'not'].map((word) => [word, expect.anything()]));
  expect(PolicyFileSchema).toMatchObject({ definitions: { assertion: { properties: words } } });
});
