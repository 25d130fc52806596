import { describe, expect, test } from 'vitest';
import { fileOf, ownersIn } from '../../../connectors/github/codeowners.ts';
import { type Answer, organization, runSurface } from './answers.ts';
import { type Repository, indexAnswer } from './index-answer.ts';
import { deployKey } from './raw.ts';
import { propertyValues } from './raw-repository.ts';

async function keyIn(repository: Omit<Repository, 'name'>, properties: Answer, codeowners = false) {
  const { records, coverage } = await runSurface(
    'github.deploy_key',
    {
      'POST /graphql': indexAnswer([{ name: 'checkout', ...repository }]),
      'GET /orgs/larkspur-foods/properties/values': properties,
      'GET /repos/larkspur-foods/checkout/keys': { body: [deployKey] },
    },
    { organizations: [organization.login], codeowners },
  );
  return { record: records[0], row: coverage.at(-1) };
}

const setTo = (...properties: { property_name: string; value: string | string[] | null }[]): Answer => ({
  body: [{ ...propertyValues, repository_id: 1, properties }],
});

describe('custom properties of a repository', () => {
  test('are tags of what is in it, so that the conventions for owners and workloads hold for them', async () => {
    const { record } = await keyIn(
      {},
      setTo(
        { property_name: 'owner', value: 'payments-team' },
        { property_name: 'regions', value: ['eu', 'us'] },
        { property_name: 'unset', value: null },
        { property_name: 'empty', value: [] },
      ),
    );
    expect(record?.tags).toEqual({ owner: 'payments-team', regions: 'eu, us' });
    expect(record?.evidence).toContainEqual({
      operation: 'GET /orgs/{org}/properties/values',
      observedAt: '2026-11-21T00:00:00Z',
      fields: ['tags'],
    });
  });

  test('of another repository are not its own', async () => {
    const { record } = await keyIn({}, { body: [{ ...propertyValues, repository_id: 2 }] });
    expect(record?.tags).toEqual({});
  });

  test.each([
    ['refused', { status: 403, body: { message: 'Resource not accessible by integration' } }, 'permission-denied'],
    ['not there', { status: 404, body: { message: 'Not Found' } }, 'permission-denied'],
    ['not readable', { body: '[{"repos' }, 'malformed-response'],
  ])('that are %s leave the owners unknown, and the key where it is', async (_name, properties, why) => {
    const { record, row } = await keyIn({}, properties);
    expect(record).toMatchObject({ id: '118820451', tags: {}, unknown: { owners: { why } } });
    expect(row).toMatchObject({ state: 'complete', count: 1 });
    expect(record?.evidence.flatMap(({ fields }) => fields)).not.toContain('tags');
  });
});

describe('CODEOWNERS', () => {
  const none = { body: [] };

  test('names owners after those that the key itself has', async () => {
    const { record } = await keyIn({ codeowners: '* @larkspur-foods/payments-team @jonasw' }, none, true);
    expect(record?.owners).toEqual([
      { role: 'technical', ref: 'jonasw', by: 'added_by' },
      { role: 'technical', ref: 'group:payments-team', by: 'CODEOWNERS' },
      { role: 'technical', ref: 'jonasw', by: 'CODEOWNERS' },
    ]);
  });

  test('is not asked for unless the settings say so', async () => {
    const { record } = await keyIn({ codeowners: '* @somebody' }, none);
    expect(record?.owners).toEqual([{ role: 'technical', ref: 'jonasw', by: 'added_by' }]);
  });

  test('that is not there names nobody, and that is refused leaves the owners unknown', async () => {
    expect((await keyIn({}, none, true)).record?.unknown).not.toHaveProperty('owners');
    expect((await keyIn({ codeowners: null }, none, true)).record?.unknown).toMatchObject({ owners: { why: 'permission-denied' } });
  });

  test.each([
    ['one for everything', '*  @dana', ['dana']],
    ['the last rule, as GitHub does', '* @first\n/src @other\n* @second dana@larkspur.example', ['second', 'dana@larkspur.example']],
    ['comments', '# * @nobody\n* @dana # * @somebody', ['dana']],
    ['other spellings of everything', '/** @dana', ['dana']],
    ['a rule that takes the owners away', '* @dana\n*', []],
    ['rules for parts alone', '/docs @writers\n*.tf @platform', []],
    ['a team', '* @larkspur-foods/platform.team', ['group:platform.team']],
    ['one twice', '* @dana @dana', ['dana']],
    ['what is no owner', '* dana @ @a/b/c @<script> x@', []],
    ['line ends of Windows', '* @dana\r\n', ['dana']],
    ['nothing', '', []],
  ])('gives of %s the owners of the whole repository', (_name, text, refs) => {
    expect(ownersIn(text).map(({ ref }) => ref)).toEqual(refs);
  });

  test.each([
    [
      'the first place that has one',
      [null, { text: 'b', isTruncated: false }, { text: 'c', isTruncated: false }],
      { state: 'known', value: 'b' },
    ],
    ['no place', [null, null, null], { state: 'absent' }],
    ['half of a file', [{ text: 'a', isTruncated: true }], { state: 'unknown' }],
    ['a folder of that name', [{}, { text: 'b', isTruncated: false }], { state: 'unknown' }],
  ])('is read from %s', (_name, places, expected) => {
    expect(fileOf(places)).toMatchObject(expected);
  });
});
