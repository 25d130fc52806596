import { describe, expect, test, vi } from 'vitest';
import { folderWith } from './folder-with.ts';
import { overdue } from './overdue.ts';

describe('usage', () => {
  test.each([[['--version']], [['-V']]])('%j prints the version', async (argv) => {
    expect(await overdue(argv)).toEqual({ code: 0, stdout: '0.0.0-test\n', stderr: '' });
  });

  test('--help groups the commands and lists the exit codes', async () => {
    const { code, stdout } = await overdue(['--help']);
    expect(code).toBe(0);
    for (const heading of ['Audit:', 'Judgement:', 'Set-up:', 'Global:', 'Exit codes:']) expect(stdout).toContain(heading);
  });

  test.each([['scan'], ['collect'], ['evaluate'], ['inventory'], ['demo'], ['policy'], ['doctor'], ['permissions']])(
    '%s has help',
    async (command) => {
      const { code, stdout } = await overdue([command, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: overdue ${command}`);
    },
  );

  test.each<[string, string[], string]>([
    ['an unknown command', ['scann'], 'scan'],
    ['an unknown flag', ['scan', '--conector', 'aws'], '--connector'],
    ['an unknown format', ['scan', '--format', 'xlm'], 'json'],
    ['an unknown severity', ['scan', '--fail-on', 'hihg'], 'high'],
    ['a broken duration', ['scan', '--connector', 'aws', '--timeout', 'soon'], '90d'],
    ['a broken report age', ['scan', '--connector', 'aws', '--max-report-age', 'fresh'], '90d'],
    ['a broken moment', ['scan', '--connector', 'aws', '--as-of', 'yesterday'], '2027-01-15'],
    ['a limit of nothing', ['demo', '--limit', '0'], 'whole number'],
    ['an unknown connector', ['scan', '--connector', 'asw'], 'aws'],
    ['an unknown surface', ['scan', '--connector', 'aws', '--surface', 'aws.iam_acess_key'], 'aws.iam_access_key'],
    ['a setting that is not there', ['scan', '--connector', 'aws', '--set', 'aws.region=[eu-west-1]'], 'regions'],
    ['a setting without a value', ['scan', '--connector', 'aws', '--set', 'aws'], '--set aws.regions'],
    ['recording and replaying at once', ['scan', '--connector', 'aws', '--record', 'a', '--replay', 'b'], 'exclude each other'],
    ['no connector at all', ['scan', '--no-config'], '--connector aws'],
    ['an ending that is no format', ['scan', '--connector', 'aws', '-o', 'out.docx'], '--format'],
    ['permissions of nobody', ['permissions', 'awss'], 'aws'],
  ])('%s ends with 2 and the next step', async (_name, argv, next) => {
    const { code, stdout, stderr } = await overdue(argv);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(next);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('every option can be an environment variable, and a flag beats it', async () => {
    const cwd = await folderWith({});
    // Commander reads the variables of options from the process itself.
    vi.stubEnv('OVERDUE_CONNECTOR', 'asw');
    const byEnvironment = await overdue(['scan'], { cwd });
    expect(byEnvironment.stderr).toContain('unknown connector asw');
    const byFlag = await overdue(['scan', '--connector', 'gpc'], { cwd });
    expect(byFlag.stderr).toContain('unknown connector gpc');
    vi.unstubAllEnvs();
  });
});
