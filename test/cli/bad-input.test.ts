import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { folderWith } from './folder-with.ts';
import { type Told, overdue } from './overdue.ts';

const config = (more = ''): string =>
  `apiVersion: overdue/v1\nkind: Config\nconnectors: { gcp: { projects: [larkspur-analytics] } }\n${more}`;
const policy = `apiVersion: overdue/v1
kind: Policy
id: acme/x
title: Keys are used
severity: hihg
status: stable
subject: credential
assert: { usage: { dormantAfter: 90d } }
why: Unused keys are a risk.
fix: Delete it.
`;
const replay = ['--replay', `${process.cwd()}/fixtures/company/traffic`];

/** One clear message, no stack, nothing on stdout, exit 2. */
function expectMistake({ code, stdout, stderr }: Told, ...parts: readonly string[]): void {
  expect(stderr).not.toMatch(/\n\s+at .*:\d+/);
  for (const part of parts) expect(stderr).toContain(part);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe('a mistake in a file is named with its place', () => {
  test.each<[string, string, readonly string[]]>([
    ['broken YAML', 'connectors: {aws: [}', ['overdue.yaml:1:']],
    ['an unknown key', config('polices: []\n'), ['overdue.yaml:4:1', 'unknown key', 'did you mean `policies`?', '^^^']],
    ['a wrong word', config('gate: { failOn: hihg }\n'), ['overdue.yaml:4:17', 'did you mean `high`?']],
    [
      'an unknown connector',
      'apiVersion: overdue/v1\nkind: Config\nconnectors: { gpc: {} }\n',
      ['overdue.yaml:3:15', 'known: aws, azure, gcp, github'],
    ],
    ['a wrong kind', 'apiVersion: overdue/v1\nkind: Policy\n', ['overdue.yaml:2:7', 'Config']],
    ['a doubled key', config('kind: Config\n'), ['overdue.yaml:4:1', 'twice']],
    ['an empty file', '', ['overdue.yaml', 'empty']],
    ['a quote that is not closed', config('policies: ["a.yaml]\ngate: {}\n'), ['overdue.yaml:4:12', 'never closed', '^']],
    ['a word for a list', config('waivers: waivers.yaml\n'), ['overdue.yaml:4:10', 'write [waivers.yaml]']],
    ['a second document', `${config()}---\n${config()}`, ['overdue.yaml:5:1', 'a second one begins']],
    [
      'a surface that is not there',
      config().replace('{ projects', '{ skip: { gcp.service_account_kye: because }, projects'),
      ['gcp.service_account_kye', 'did you mean `gcp.service_account_key`?'],
    ],
  ])('configuration: %s', async (_name, text, parts) => {
    const cwd = await folderWith({ 'overdue.yaml': text });
    expectMistake(await overdue(['scan', ...replay], { cwd }), ...parts);
  });

  test('every mistake of every source, waiver file and policy at once', async () => {
    const cwd = await folderWith({
      'overdue.yaml': config(
        'policies: [p.yaml]\nwaivers: [w.yaml]\nsources:\n  people: { file: people.csv }\n  vendors: { file: vendors.csv }\n  workloads: { files: [a.yaml, b.yaml], format: backstage }\n',
      ),
      'people.csv': 'id,email,status\nE1,a@x.example,actve\n',
      'vendors.csv': 'id,contract_end\npaywell,soon\n',
      'a.yaml': 'kind: [',
      'b.yaml': 'kind: Group\nkind: User\n',
      'p.yaml': policy,
      'w.yaml': 'apiVersion: overdue/v1\nkind: WaiverFile\nwaivers: {}\n',
    });
    const told = await overdue(['scan', ...replay], { cwd });
    expectMistake(
      told,
      '[source-invalid] people.csv:2:16',
      'vendors.csv:2:9',
      'a.yaml:1:',
      'b.yaml:2:1',
      '[policy-invalid] p.yaml:5:11',
      '[waivers-invalid] w.yaml:3:1',
    );
  });

  test('configuration: several mistakes at once', async () => {
    const cwd = await folderWith({ 'overdue.yaml': config('polices: []\ngate: { failOn: hihg }\n') });
    const told = await overdue(['scan', ...replay], { cwd });
    expectMistake(told, 'overdue.yaml:4:1', 'overdue.yaml:5:17');
  });

  test.each<[string, readonly string[], Record<string, string>, readonly string[]]>([
    ['a missing configuration', ['-c', 'nowhere.yaml'], {}, ['the configuration nowhere.yaml does not exist']],
    ['a folder as configuration', ['-c', 'folder'], { 'folder/x': '' }, ['is a folder, not a file']],
    ['a missing roster', ['--roster', 'people.csv'], {}, ['the people roster people.csv does not exist']],
    ['a folder as roster', ['--roster', 'folder'], { 'folder/x': '' }, ['is a folder, not a file']],
    ['an empty roster', ['--roster', 'people.csv'], { 'people.csv': '' }, ['people.csv']],
    ['a roster of headers only', ['--roster', 'people.csv'], { 'people.csv': 'id,email,status\n' }, ['people.csv']],
    [
      'a roster with a row that cannot be read',
      ['--roster', 'people.csv'],
      { 'people.csv': 'id,email,status\nE1,a@x.example,active\nE2,b@x.example,perhaps\n' },
      ['people.csv:3'],
    ],
    ['a broken registry', ['--workloads', 'catalog.yaml'], { 'catalog.yaml': 'kind: [' }, ['catalog.yaml:1']],
    [
      'a doubled key in a registry',
      ['--workloads', 'catalog.yaml'],
      { 'catalog.yaml': 'kind: Group\nkind: User\n' },
      ['catalog.yaml:2:1', 'twice', '| ^'],
    ],
    [
      'a registry that expands without end',
      ['--workloads', 'catalog.yaml'],
      {
        'catalog.yaml': `a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [${'*a, '.repeat(9)}]\nc: &c [${'*b, '.repeat(9)}]\nd: [${'*c, '.repeat(9)}]\n`,
      },
      ['catalog.yaml', 'aliases expand'],
    ],
    [
      'several mistakes of a registry at once',
      ['--workloads', 'catalog.yaml'],
      {
        'catalog.yaml':
          'kind: Component\nmetadata: { name: 111122223333 }\nspec: { lifecycle: production }\n---\nkind: Group\nmetadata: { name: team }\nspec: { members: dana }\n',
      },
      ['catalog.yaml:2:19', 'quote it', '^^^', 'catalog.yaml:7:18', 'must be a list'],
    ],
    [
      'a roster of another format',
      ['--roster', 'people.json'],
      { 'people.json': '[{"id":"E1"}]' },
      ['people.json', 'is JSON', 'scim, entra or okta'],
    ],
    [
      'a vendor whose contract ends on no day',
      ['--vendors', 'vendors.csv'],
      { 'vendors.csv': 'id,contract_end\npaywell,30/06/2027\nshipfast,2027-02-30\n' },
      ['vendors.csv:2', 'vendors.csv:3', 'such as 2026-11-21'],
    ],
    ['a registry glob without files', ['--workloads', 'catalog/*.yaml'], {}, ['matches no file']],
    ['a broken policy', ['--policy', 'p.yaml'], { 'p.yaml': policy }, ['p.yaml:5:11', 'did you mean `high`?']],
    ['an unknown set', ['--policy', 'builtin:baselin'], {}, ['baselin', 'baseline']],
    ['an unknown parameter', ['--param', 'rotationMaxAgee=60d'], {}, ['rotationMaxAgee']],
    ['a parameter of the wrong type', ['--param', 'rotationMaxAge=soon'], {}, ['rotationMaxAge', 'duration']],
    [
      'a waiver without an end',
      ['--waivers', 'w.yaml'],
      {
        'w.yaml':
          'apiVersion: overdue/v1\nkind: WaiverFile\nwaivers:\n  - { id: W1, policy: a/b, subject: { id: x }, reason: because it is needed, requester: a, approver: b, granted: 2026-01-01 }\n',
      },
      ['w.yaml:4', 'expires'],
    ],
    ['a recording that is not there', ['--replay', 'nowhere'], {}, ['nowhere']],
    ['a recording folder that is in use', ['--record', 'used'], { 'used/x': '' }, ['not empty']],
  ])('%s', async (_name, flags, files, parts) => {
    const cwd = await folderWith({ 'overdue.yaml': config(), ...files });
    const withReplay = flags.includes('--replay') || flags.includes('--record') ? [] : replay;
    expectMistake(await overdue(['scan', ...withReplay, ...flags], { cwd }), ...parts);
  });

  const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
  const wide = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
  test.each<[string, Buffer, readonly string[]]>([
    ['people.csv', latin('id,email,status,name\nE1,a@x.example,active,Jos\u00e9\n'), ['people.csv:2:26', '| ', '^', 'CSV UTF-8']],
    ['people.csv', wide('id,email,status\n'), ['people.csv:1:', 'UTF-16', 'CSV UTF-8']],
    ['people.csv', Buffer.from('id,email,status\nE1,a\0@x.example,active\n'), ['people.csv:2:5', 'a zero byte']],
    ['overdue.yaml', wide(config()), ['overdue.yaml:1:', 'UTF-16']],
    ['overdue.yaml', latin(config('# caf\u00e9\n')), ['overdue.yaml:4:6', 'not UTF-8']],
    ['overdue.yaml', Buffer.from(config('gate: {}\0\n')), ['overdue.yaml:4:9', 'a zero byte']],
  ])('%s in another encoding is not read with its letters lost', async (name, bytes, parts) => {
    const cwd = await folderWith({ 'overdue.yaml': config(), 'people.csv': 'id,email,status\nE1,a@x.example,active\n' });
    await writeFile(join(cwd, name), bytes);
    expectMistake(await overdue(['scan', ...replay, '--roster', 'people.csv'], { cwd }), ...parts);
  });

  test.each<[string, string, readonly string[]]>([
    ['something else', 'hello\n', ['inv.ndjson:1', 'not JSON']],
    [
      'JSON that is no inventory',
      '{"record":"coverage","connector":"a","scope":"s","surface":"x","state":"complete","count":1}\n',
      ['not an inventory'],
    ],
    ['an empty file', '', ['not an inventory']],
    [
      'one that was cut off',
      '{"record":"inventory","schemaVersion":1,"tool":{"name":"overdue","version":"1"},"startedAt":"2026-11-21T00:00:00Z"}\n',
      ['cut off', 'collect it again'],
    ],
    [
      'one with a broken line',
      '{"record":"inventory","schemaVersion":1,"tool":{"name":"overdue","version":"1"},"startedAt":"2026-11-21T00:00:00Z"}\n{"record":"credential"}\n',
      ['inv.ndjson:2'],
    ],
  ])('inventory: %s', async (_name, text, parts) => {
    const cwd = await folderWith({ 'inv.ndjson': text });
    expectMistake(await overdue(['evaluate', 'inv.ndjson', '--no-config'], { cwd }), ...parts);
  });

  test('policy validate names every mistake of every file', async () => {
    const cwd = await folderWith({ 'a.yaml': 'kind: Policy\n', 'b.yaml': 'apiVersion: overdue/v1\nkind: [\n' });
    expectMistake(await overdue(['policy', 'validate', 'a.yaml', 'b.yaml'], { cwd }), 'a.yaml', 'b.yaml');
  });

  test('a request without a recording names itself', async () => {
    const cwd = await folderWith({
      'overdue.yaml': config(),
      'traffic/recording.json': await readFile('fixtures/company/traffic/recording.json', 'utf8'),
    });
    expectMistake(await overdue(['scan', '--replay', 'traffic'], { cwd }), 'no recording answers: GET iam.googleapis.com');
  });

  test('an output that cannot be written leaves nothing behind', async () => {
    const cwd = await folderWith({ 'overdue.yaml': config() });
    expectMistake(await overdue(['scan', ...replay, '-o', 'no/such/folder/out.json'], { cwd }), 'cannot write no/such/folder/out.json');
  });
});

describe('a login or network that fails', () => {
  test.each(['aws', 'azure', 'gcp', 'github'])('%s without credentials ends with 2 and the next step', async (connector) => {
    // Google's library would look for a metadata server on the network.
    vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
    const cwd = await folderWith({});
    const env = {
      HOME: cwd,
      PATH: '',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'eu-west-1',
      GOOGLE_CLOUD_PROJECT: 'p',
      GOOGLE_APPLICATION_CREDENTIALS: `${cwd}/none.json`,
    };
    const told = await overdue(
      ['scan', '--connector', connector, '--set', connector === 'github' ? 'github.organizations=[acme]' : `${connector}.skip={}`],
      { cwd, env },
    );
    expectMistake(told, connector);
    expect(told.stderr.trim().split('\n').length).toBeLessThan(14);
  });
});
