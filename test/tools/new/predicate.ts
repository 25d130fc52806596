import { camelCase, pascalCase, type Template } from './template.ts';

export const predicate: Template = {
  example: 'naming',
  name: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  async start(name) {
    const id = camelCase(name);
    const args = `${pascalCase(name)}Args`;
    return {
      files: {
        [`src/policy/predicates/${name}.ts`]: predicateFile(id, args),
        [`test/policy/predicates/${name}.test.ts`]: testFile(name, id),
      },
      next: [
        `import ${args} and ${id} in src/policy/predicates/index.ts, and add ${id} to \`predicates\` and \`PredicateArgs\``,
        'give it a reason of its own in src/model/reason.ts, and that reason its sentence in src/report/wording/',
        'use it in a policy: npm run new -- policy <theme>/<name>',
        'npm run docs',
      ],
    };
  },
};

function predicateFile(id: string, args: string): string {
  return `import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { fact } from '../../model/record.ts';
import { fail, pass } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
import { type Predicate, type Test, claimArg } from '../predicate.ts';

export const ${args} = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    required: { ...claimArg, description: 'It has an end.' },
  },
} as const satisfies JSONSchema;
export type ${args} = FromSchema<typeof ${args}>;

export const ${id} = {
  says: 'What holds when it passes, in one sentence.',
  subjects: ['credential'],
  args: ${args},
  looser: { required: 'removed' },
  test({ required }): Test {
    return ({ record }) => {
      const end = fact(record, 'expiresAt');
      if (end.state === 'unknown') return lacking('expiresAt', end);
      return required === true && end.state === 'absent' ? fail({ code: 'no-expiry' }) : pass;
    };
  },
} satisfies Predicate<${args}>;
`;
}

function testFile(name: string, id: string): string {
  return `import { expect, test } from 'vitest';
import { absent, unknown } from '../../../src/model/fact.ts';
import { ${id} } from '../../../src/policy/predicates/${name}.ts';
import { ago, key, now, subject } from '../subject.ts';

test.each([
  ['has an end', { expiresAt: ago('-30d') }, 'pass'],
  ['has none', { expiresAt: absent() }, 'fail'],
  ['nobody says', { expiresAt: unknown('throttled') }, 'unknown'],
] as const)('%s', (_, given, outcome) => {
  expect(${id}.test({ required: true })(subject(key(given)), now).outcome).toBe(outcome);
});
`;
}
