import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { folderWith } from './folder-with.ts';
import { overdue, repository } from './overdue.ts';

const company = join(repository, 'fixtures/company');
const from = ['-c', join(company, 'overdue.yaml')];
const recorded = ['--replay', join(company, 'traffic'), '--no-cache'];
const judged = ['--policy', 'builtin:strict', '-f', 'json'];

function verdicts(stdout: string) {
  const { findings } = JSON.parse(stdout) as Result;
  return findings
    .filter(({ policy }) => policy.startsWith('trust/repository-gone'))
    .map(({ policy, verdict, subject, reason }) => ({ policy, verdict, subject: subject.name, reason }));
}

/** The role of AWS that three repositories may take, one of which the organization does not have. */
const role = { policy: 'trust/repository-gone', subject: 'github-deploy' };
const unread = { ...role, verdict: 'unknown', reason: expect.stringContaining('larkspur-foods/loyalty-app') as unknown };

describe('a role of AWS that trusts a repository of GitHub which is gone', () => {
  test('is found by a run that read both, whichever came first', async () => {
    const { stdout } = await overdue(['scan', ...from, ...recorded, ...judged, '-p', 'aws,azure,github']);
    expect(verdicts(stdout)).toEqual([
      {
        ...role,
        verdict: 'fail',
        reason:
          'trusts repository larkspur-foods/loyalty-app of token.actions.githubusercontent.com, which is not there: deleted, moved or renamed',
      },
    ]);
  });

  test.each([
    ['GitHub was not read', ['-p', 'aws']],
    ['its repositories were left out', ['-p', 'aws,github', '--surface', 'aws.iam_role,github.deploy_key']],
  ])('is unknown where %s', async (_, only) => {
    const { stdout } = await overdue(['scan', ...from, ...recorded, ...judged, ...only]);
    expect(verdicts(stdout)).toEqual([unread]);
  });

  test.each([
    ['whole', undefined, 'fail'],
    ['in part', { state: 'partial', reason: 'throttled', count: 3 }, 'unknown'],
    ['not at all', { state: 'denied', reason: 'permission-denied', count: 0 }, 'unknown'],
  ])('is judged so where a saved inventory has the repositories %s', async (_, row, verdict) => {
    const { stdout } = await overdue(['collect', ...from, ...recorded, '-p', 'aws,github']);
    const lines = stdout.split('\n').map((line) => (line.includes('"surface":"github.repository"') ? rewritten(line, row) : line));
    const cwd = await folderWith({ 'inventory.ndjson': lines.join('\n') });
    const told = await overdue(['evaluate', 'inventory.ndjson', ...from, ...judged, '--no-cache'], { cwd });
    expect(verdicts(told.stdout).map((each) => [each.subject, each.verdict])).toEqual([['github-deploy', verdict]]);
  });
});

function rewritten(line: string, row: object | undefined): string {
  return JSON.stringify({ ...(JSON.parse(line) as object), ...row });
}
