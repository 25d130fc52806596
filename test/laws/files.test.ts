import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { looksSecret } from '../../src/connector/scrub.ts';
import { filesIn } from './files.ts';

const code = (await filesIn('bin', 'src', 'connectors')).filter((path) => path.endsWith('.ts'));
const all = [...code, ...(await filesIn('test', 'policies', 'fixtures', 'schemas'))];

test('no file of the program has more than 300 lines', async () => {
  const lengths = await Promise.all(
    code.map(async (path) => ({ path, lines: (await readFile(path, 'utf8')).trimEnd().split('\n').length })),
  );
  expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
});

// Such a name says where something was put, not what it is. A provider's own noun may hold one of them: `service-account.ts`.
test('no file or folder is called utils, helpers, common, manager or service', () => {
  const banned = /^(?:.*-)?(?:utils?|helpers?|common|managers?|misc|services?)(?:\.[^/]*)?$/;
  expect(all.filter((path) => path.split('/').some((part) => banned.test(part)))).toEqual([]);
});

test('code and policies have names in kebab-case', () => {
  // A framework is named by its version, dots and all.
  const named = all.filter((path) => /\.(?:ts|ya?ml)$/.test(path) && !/^(?:fixtures|policies\/frameworks)\//.test(path));
  expect(named.filter((path) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.(?:ts|ya?ml)$/.test(path.split('/').at(-1) ?? ''))).toEqual([]);
});

test('nothing recorded looks like a secret', async () => {
  const recorded = await filesIn('fixtures', 'policies');
  const suspicious = await Promise.all(recorded.map(async (path) => (looksSecret(await readFile(path, 'utf8')) ? [path] : [])));
  expect(suspicious.flat()).toEqual([]);
});
