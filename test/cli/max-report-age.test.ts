import { join } from 'node:path';
import { expect, test } from 'vitest';
import { overdue, repository } from './overdue.ts';

const company = join(repository, 'fixtures/company');
const keys = [
  'collect',
  '-p',
  'aws',
  '--surface',
  'aws.iam_access_key',
  '-c',
  join(company, 'overdue.yaml'),
  '--replay',
  join(company, 'traffic'),
];

test.each([
  ['is believed about the use of keys by default', [], 'iam:GetCredentialReport'],
  ['is believed while it is young enough', ['--max-report-age', '4h'], 'iam:GetCredentialReport'],
  ['is not believed when it is older than the flag allows', ['--max-report-age', '0m'], 'iam:GetAccessKeyLastUsed'],
  ['is not believed when it is older than the setting allows', ['--set', 'aws.maxReportAge=0m'], 'iam:GetAccessKeyLastUsed'],
])('a report %s', async (_what, argv, operation) => {
  const { stdout } = await overdue([...keys, ...argv]);
  const key = stdout.split('\n').find((line) => line.includes('"AKIACIDEPLOY1EXAMPLE"')) ?? '';
  expect(key).toContain(`"operation":"${operation}"`);
});

test('the age of a report says nothing to a provider without reports', async () => {
  const { stderr } = await overdue([
    'collect',
    '-p',
    'github',
    '--max-report-age',
    '4h',
    '--no-config',
    '--replay',
    join(company, 'traffic'),
  ]);
  expect(stderr).not.toContain('maxReportAge');
});
