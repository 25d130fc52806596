import { describe, expect, test } from 'vitest';
import { type Candidate, isNamed } from '../../../connectors/aws/selection.ts';
import type { Selection } from '../../../connectors/aws/settings.ts';
import { openUnits } from '../../../connectors/aws/units.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';

/** An account that counts what it is asked. */
function account() {
  const asked: string[] = [];
  const candidate: Candidate = {
    id: '111122223333',
    name: 'Larkspur (Production)',
    units() {
      asked.push('units');
      return Promise.resolve(['ou-lk1a-33334444', 'ou-lk1a-11112222', 'r-lk1a']);
    },
    tags() {
      asked.push('tags');
      return Promise.resolve({ environment: 'production', team: 'platform', empty: '' });
    },
  };
  return { candidate, asked };
}

describe('a selection', () => {
  test.each<[string, Selection, boolean, readonly string[]]>([
    ['by id', { ids: ['111122223333'] }, true, []],
    ['by another id', { ids: ['222233334444'] }, false, []],
    ['by name', { names: ['larkspur (production)'] }, true, []],
    ['by the start of a name', { names: ['Larkspur*'] }, true, []],
    ['by one sign of a name', { names: ['?arkspur (*)'] }, true, []],
    ['by a part of a name without a wildcard', { names: ['Larkspur'] }, false, []],
    ['by its unit', { ous: ['ou-lk1a-33334444'] }, true, ['units']],
    ['by a unit above', { ous: ['ou-lk1a-11112222'] }, true, ['units']],
    ['by the root', { ous: ['r-lk1a'] }, true, ['units']],
    ['by another unit', { ous: ['ou-lk1a-99998888'] }, false, ['units']],
    ['by a tag', { tags: { environment: 'prod*' } }, true, ['tags']],
    ['by a tag with nothing in it', { tags: { empty: '*' } }, true, ['tags']],
    ['by two tags', { tags: { environment: 'production', team: 'platform' } }, true, ['tags']],
    ['by two tags of which one is another', { tags: { environment: 'production', team: 'data' } }, false, ['tags']],
    ['by a tag that it lacks', { tags: { toString: '*' } }, false, ['tags']],
    ['by any of several ways, the cheapest first', { tags: { team: 'data' }, ous: ['r-lk1a'], names: ['*production*'] }, true, []],
    ['by a way that asks, where the others fail', { ids: ['222233334444'], tags: { team: 'platform' } }, true, ['tags']],
  ])('names an account %s', async (_how, selection, expected, questions) => {
    const { candidate, asked } = account();
    expect(await isNamed(selection, candidate)).toBe(expected);
    expect(asked).toEqual(questions);
  });

  test('that could not be held against the account throws', async () => {
    const closed = { ...account().candidate, tags: () => Promise.reject(new Error('denied')) };
    await expect(isNamed({ tags: { team: '*' } }, closed)).rejects.toThrow('denied');
  });
});

describe('the units above an account', () => {
  const tree: Readonly<Record<string, readonly [string, 'ROOT' | 'ORGANIZATIONAL_UNIT']>> = {
    '111122223333': ['ou-lk1a-33334444', 'ORGANIZATIONAL_UNIT'],
    '222233334444': ['ou-lk1a-33334444', 'ORGANIZATIONAL_UNIT'],
    'ou-lk1a-33334444': ['r-lk1a', 'ROOT'],
    'ou-loop-11111111': ['ou-loop-11111111', 'ORGANIZATIONAL_UNIT'],
  };
  function organizations() {
    const asked: string[] = [];
    const listParents = ({ ChildId = '' }: { readonly ChildId?: string | undefined }) => {
      asked.push(ChildId);
      const [Id, Type] = tree[ChildId] ?? [];
      return Promise.resolve({ $metadata: {}, Parents: Id === undefined ? [] : [{ Id, Type }] });
    };
    return { unitsAbove: openUnits({ listParents }, new AbortController().signal), asked };
  }

  test('are in its path, and cost nothing', async () => {
    const { unitsAbove, asked } = organizations();
    const path = 'o-lk1a2b3c4d/r-lk1a/ou-lk1a-11112222/ou-lk1a-33334444/111122223333/';
    expect(await unitsAbove({ id: '111122223333', path })).toEqual(['r-lk1a', 'ou-lk1a-11112222', 'ou-lk1a-33334444']);
    expect(asked).toEqual([]);
  });

  test('are asked for where there is no path, each unit once', async () => {
    const { unitsAbove, asked } = organizations();
    const both = await Promise.all(['111122223333', '222233334444'].map((id) => unitsAbove({ id, path: undefined })));
    expect(both).toEqual([
      ['ou-lk1a-33334444', 'r-lk1a'],
      ['ou-lk1a-33334444', 'r-lk1a'],
    ]);
    expect(asked.toSorted()).toEqual(['111122223333', '222233334444', 'ou-lk1a-33334444']);
  });

  test.each(['ou-loop-11111111', '999988887777'])('of %s are malformed where they have no end', async (id) => {
    await expect(organizations().unitsAbove({ id, path: undefined })).rejects.toThrow(MalformedError);
  });
});
