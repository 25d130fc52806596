import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folder-with.ts';
import { overdue, repository } from './overdue.ts';

const bamboo =
  'Employee #,Work Email,Home Email,Full Name,Employment Status,Last Day\nE1,a@larkspur.example,h@home.example,A,Active,\nE2,b@larkspur.example,,B,Terminated,2026-08-14\n';

describe('init', () => {
  test('writes a set-up that holds: configuration, waivers and policies are valid', async () => {
    const cwd = await folderWith({ 'hr.csv': bamboo });
    const { code, stdout, stderr } = await overdue(['init', '--connector', 'github', '--roster', 'hr.csv'], { cwd });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('overdue.yaml\nwaivers.yaml\npolicies.yaml\n');
    expect(await readFile(join(cwd, 'overdue.yaml'), 'utf8')).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=.overdue/config.schema.json
      apiVersion: overdue/v1
      kind: Config

      # Each entry runs, with the login that the tools of its provider use; \`overdue doctor\` tries it.
      connectors:
      #  aws: {}
      #  azure: {}
      #  gcp: {}
        github: {}

      policies: ["builtin:baseline", policies.yaml]

      # What your organisation holds to be true. Without a source nothing is concluded: an owner is unconfirmed, not gone.
      sources:
        people:
          file: hr.csv
          complete: false      # true where it lists everyone: only then does a name that it lacks mean that somebody left
          maxAge: 7d
          columns:
            id: "Employee #"
            email: Work Email
            name: Full Name
            status: Employment Status
            termination_date: Last Day
      #  vendors: { file: vendors.csv }                            # ends of contracts
      #  workloads: { file: catalog.yaml, format: backstage }      # what runs, and which team answers for it

      waivers: [waivers.yaml]
      longestWaiver: 90d

      gate: { failOn: high }
      "
    `);
    expect(await overdue(['owners', 'check'], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nobody is named here') as string,
      stderr: '',
    });
    expect(await overdue(['policy', 'validate', 'policies.yaml'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    const traffic = join(repository, 'fixtures/company/traffic');
    const scan = await overdue(['scan', '--replay', traffic, '--set', 'github.organizations=[larkspur-foods]', '-f', 'json'], { cwd });
    expect(scan.stderr).toBe('');
    expect(scan.code).toBe(1);
  });

  test('leaves the connectors to choose where none was named', async () => {
    const cwd = await folderWith({});
    expect((await overdue(['init'], { cwd })).stdout).toContain('choose connectors');
    const text = await readFile(join(cwd, 'overdue.yaml'), 'utf8');
    for (const id of ['aws', 'azure', 'gcp', 'github']) expect(text).toMatch(new RegExp(`^# +${id}: {}$`, 'm'));
    expect((await overdue(['policy', 'list'], { cwd })).code).toBe(0);
  });

  test.each(['overdue.yaml', 'waivers.yaml', 'policies.yaml'])(
    'overwrites nothing: %s stays, and nothing else is written',
    async (name) => {
      const cwd = await folderWith({ [name]: 'mine\n' });
      const { code, stdout, stderr } = await overdue(['init'], { cwd });
      expect(stderr).toContain(`${name} is there already`);
      expect({ code, stdout, names: await readdir(cwd) }).toEqual({ code: 2, stdout: '', names: [name] });
      expect(await readFile(join(cwd, name), 'utf8')).toBe('mine\n');
    },
  );

  test.each<[string, string, readonly string[]]>([
    [
      'two addresses',
      'ID,Work Email,Email Address,Status\n1,a@x.example,b@x.example,active\n',
      ['Work Email or Email Address   not sure: several headers', 'not sure of email'],
    ],
    ['the state of an account', 'ID,Email,accountEnabled\n1,a@x.example,true\n', ['off is not the same as left', 'not sure of status']],
    [
      'a login in place of an address',
      'ID,userPrincipalName,Status\n1,a@x.example,active\n',
      ['not always an address', 'not sure of email'],
    ],
  ])('asks before it takes %s', async (_, text, parts) => {
    const cwd = await folderWith({ 'hr.csv': text });
    const refused = await overdue(['init', '--roster', 'hr.csv'], { cwd });
    for (const part of parts) expect(refused.stderr).toContain(part);
    expect({ code: refused.code, names: await readdir(cwd) }).toEqual({ code: 2, names: ['hr.csv'] });
    expect((await overdue(['init', '--roster', 'hr.csv', '--yes'], { cwd })).code).toBe(0);
    expect(await readFile(join(cwd, 'overdue.yaml'), 'utf8')).toContain('# not sure:');
    expect((await overdue(['owners', 'check'], { cwd })).code).toBe(0);
  });

  test.each<[string, string, readonly string[]]>([
    [
      'no header for the status',
      'ID,Email,Department\n1,a@x.example,IT\n',
      ['no header of hr.csv stands for status', 'not used: Department'],
    ],
    ['words that nobody explained', 'ID,Email,Status\n1,a@x.example,Contract\n', ['hr.csv:2', 'no such status: `Contract`']],
    ['dates that can be read two ways', 'ID,Email,Status,Last Day\n1,a@x.example,active,8/9/2026\n', ['hr.csv:2', 'is not a date']],
    ['JSON of nobody known', '[{"a":1}]', ['neither a SCIM list']],
    ['an empty file', '', ['the roster is empty']],
  ])('writes nothing for a roster with %s', async (_, text, parts) => {
    const cwd = await folderWith({ 'hr.csv': text });
    const { code, stderr } = await overdue(['init', '--roster', 'hr.csv', '--yes'], { cwd });
    for (const part of parts) expect(stderr).toContain(part);
    expect({ code, names: await readdir(cwd) }).toEqual({ code: 2, names: ['hr.csv'] });
  });

  test.each([
    ['scim', 'scim/page-2.json', 2],
    ['entra', 'entra/users.json', 0],
    ['okta', 'okta/users.ndjson', 0],
    ['csv', 'csv/people.csv', 0],
  ])('recognises an export of %s', async (format, name, code) => {
    const cwd = await folderWith({ roster: await readFile(join(repository, 'fixtures/sources', name), 'utf8') });
    const told = await overdue(['init', '--roster', 'roster'], { cwd });
    expect(told.stderr).toContain(`roster (${format})`);
    // One page of two is not the whole roster.
    expect(told.code).toBe(code);
    if (code === 0) expect((await overdue(['owners', 'resolve', 'dana.okafor@larkspur.example'], { cwd })).stdout).toContain('active');
  });
});
