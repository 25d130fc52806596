import { describe, expect, test } from 'vitest';
import { type PredicateName, predicates } from '../../../src/policy/predicates/index.ts';

type Schema = { readonly type?: unknown; readonly properties?: Readonly<Record<string, Schema>>; readonly description?: string };

/** Arguments that hold no others, by dotted path. */
function leaves(schema: Schema, path = ''): readonly { readonly path: string; readonly description: string | undefined }[] {
  const inner = Object.entries(schema.properties ?? {});
  // An argument that is no map has no parts to loosen: any other text asks for something else.
  if (inner.length === 0) return path === '' ? [] : [{ path, description: schema.description }];
  return inner.flatMap(([name, each]) => leaves(each, path === '' ? name : `${path}.${name}`));
}

describe.each(Object.keys(predicates) as PredicateName[])('%s', (name) => {
  const { args, looser, says } = predicates[name];
  const all = leaves(args);

  test('says of every argument which change of it asks for less', () => {
    expect(Object.keys(looser).toSorted()).toEqual(all.map(({ path }) => path).toSorted());
  });

  test('says what it and every argument demand', () => {
    expect(says).toMatch(/^[A-Z].*\.$/);
    for (const { path, description } of all) expect(description, path).toMatch(/\.$/);
  });
});
