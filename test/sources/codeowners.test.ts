import { describe, expect, test } from 'vitest';
import { readCodeowners } from '../../src/sources/codeowners.ts';
import { mistakesOf } from './mistakes.ts';

const read = (text: string) => readCodeowners([{ repository: 'Acme/Shop', source: { file: 'CODEOWNERS', text } }], {}, 0);

describe('CODEOWNERS', () => {
  test.each([
    ['the last rule for everything', '* @first\n*.js @front\n* @second @acme/team # why\n/docs/ @writer\n', ['second', 'group:team'], 3],
    ['an address', '** dana@acme.example\n', ['dana@acme.example'], 1],
    ['a byte order mark and line ends of Windows', '\uFEFF# us\r\n/** @dana\r\n', ['dana'], 2],
  ])('%s answers for the repository', (_, text, owners, line) => {
    expect(read(text).entries).toEqual([{ repository: 'acme/shop', owners, source: `CODEOWNERS:${String(line)}` }]);
  });

  test.each([
    ['no rule for everything', '/src/ @dana\n*.tf @platform\n'],
    ['a last rule that takes the owners away', '* @dana\n*\n'],
    ['nothing', ''],
  ])('with %s says nothing of the whole', (_, text) => {
    expect(read(text)).toMatchObject({ rows: 0, entries: [] });
  });

  test('with an owner that names nobody is a mistake', () => {
    expect(mistakesOf(() => read('# us\n* @dana dana @a/b/c\n'))).toMatchInlineSnapshot(`
      "source-invalid
      CODEOWNERS:2: not an owner: \`dana\` (@login, @organization/team or an e-mail address)
      CODEOWNERS:2: not an owner: \`@a/b/c\` (@login, @organization/team or an e-mail address)"
    `);
  });
});
