import { describe, expect, test } from 'vitest';
import { parseDocuments } from '../../src/document/parse.ts';
import { checked } from '../../src/document/validate.ts';
import { mistakesOf } from './mistakes.ts';

const Schema = {
  type: 'object',
  required: ['id', 'severity'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', minLength: 1 },
    severity: { enum: ['low', 'high'] },
    account: { type: 'string' },
    on: { type: 'string', format: 'date' },
    age: { type: 'string', title: 'a duration', pattern: '^\\d+d$', examples: ['90d'] },
    roles: {
      anyOf: [{ enum: ['any'] }, { type: 'array', items: { enum: ['technical', 'business'] }, uniqueItems: true }],
      title: '`any` or a list of roles',
    },
    nested: { type: 'object', additionalProperties: false, properties: { 'with space': { type: 'integer', minimum: 3 } } },
  },
} as const;

function check(text: string, schema: object = Schema): unknown {
  const [document] = parseDocuments('a.yaml', text);
  if (!document) throw new Error('no document');
  return checked(document, schema);
}

test('a value that fits is handed back', () => {
  expect(check('id: a\nseverity: low\nroles: [technical]\n')).toEqual({ id: 'a', severity: 'low', roles: ['technical'] });
});

describe('mistakes', () => {
  test('all at once, each in its place', () => {
    expect(
      mistakesOf(() => check('severity: hgih\nacount: "1"\nnested: { with space: 2 }\non: 2026-13-01\nage: 90 days\n')),
    ).toMatchInlineSnapshot(`
      "a.yaml:1:1 \`id\` is missing
        1 | severity: hgih
          | ^^^^^^^^
      a.yaml:1:11 severity cannot be \`hgih\` (did you mean \`high\`?)
        1 | severity: hgih
          |           ^^^^
      a.yaml:2:1 unknown key \`acount\` (did you mean \`account\`?)
        2 | acount: "1"
          | ^^^^^^
      a.yaml:3:23 nested.\`with space\` must be >= 3
        3 | nested: { with space: 2 }
          |                       ^
      a.yaml:4:5 on is not a date: \`2026-13-01\` (such as 2026-11-21)
        4 | on: 2026-13-01
          |     ^^^^^^^^^^
      a.yaml:5:6 age is not a duration: \`90 days\` (such as 90d)
        5 | age: 90 days
          |      ^^^^^^^"
    `);
  });

  test('numbers where text is wanted', () => {
    expect(mistakesOf(() => check('id: 7\nseverity: low\naccount: 012345678901\nage: 90\n'))).toMatchInlineSnapshot(`
      "a.yaml:1:5 id must be text, not \`7\` (quote it: "7")
        1 | id: 7
          |     ^
      a.yaml:3:10 account must be text, not \`12345678901\` (quote it: 12-digit account ids lose leading zeros)
        3 | account: 012345678901
          |          ^^^^^^^^^^^^
      a.yaml:4:6 age must be a duration, not \`90\` (such as 90d)
        4 | age: 90
          |      ^^"
    `);
  });

  test('keys without a value', () => {
    expect(mistakesOf(() => check('id:\nseverity: ~\nroles: null\n'))).toMatchInlineSnapshot(`
      "a.yaml:1:1 id has no value (give it one, or leave the key out)
        1 | id:
          | ^^
      a.yaml:2:11 severity has no value (give it one, or leave the key out)
        2 | severity: ~
          |           ^
      a.yaml:3:8 roles has no value (give it one, or leave the key out)
        3 | roles: null
          |        ^^^^"
    `);
  });

  test('a choice of shapes: only the shape that was meant is told', () => {
    expect(mistakesOf(() => check('id: a\nseverity: low\nroles: [tecnical, business, business]\n'))).toMatchInlineSnapshot(`
      "a.yaml:3:9 roles[0] cannot be \`tecnical\` (did you mean \`technical\`?)
        3 | roles: [tecnical, business, business]
          |         ^^^^^^^^
      a.yaml:3:29 roles lists the same entry twice
        3 | roles: [tecnical, business, business]
          |                             ^^^^^^^^"
    `);
    expect(mistakesOf(() => check('id: a\nseverity: low\nroles: every\n'))).toMatchInlineSnapshot(`
      "a.yaml:3:8 roles is not \`any\` or a list of roles: \`every\`
        3 | roles: every
          |        ^^^^^"
    `);
    expect(mistakesOf(() => check('id: a\nseverity: low\nroles: { any: true }\n'))).toMatchInlineSnapshot(`
      "a.yaml:3:1 roles is not \`any\` or a list of roles: a map
        3 | roles: { any: true }
          | ^^^^^"
    `);
  });

  test('the document itself', () => {
    expect(mistakesOf(() => check('- 1\n'))).toMatchInlineSnapshot(`
      "a.yaml:1:1 the document must be a map, not a list
        1 | - 1
          | ^^^"
    `);
  });

  test('a tag that decides the shape', () => {
    const Tagged = {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [
        { type: 'object', properties: { kind: { const: 'Policy' } } },
        { type: 'object', properties: { kind: { const: 'PolicySet' } } },
      ],
    };
    expect(mistakesOf(() => check('kind: PolicyPet\n', Tagged))).toMatchInlineSnapshot(`
      "a.yaml:1:7 kind cannot be \`PolicyPet\` (did you mean \`PolicySet\`?)
        1 | kind: PolicyPet
          |       ^^^^^^^^^"
    `);
    expect(mistakesOf(() => check('id: a\n', Tagged))).toMatchInlineSnapshot(`
      "a.yaml:1:1 \`kind\` is missing
        1 | id: a
          | ^^"
    `);
  });

  test('text of the file cannot steer the terminal through a message', () => {
    const told = mistakesOf(() => check('id: a\nseverity: "\\e[31mred"\n"\\u202Ekey": 1\n'));
    expect(told.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
