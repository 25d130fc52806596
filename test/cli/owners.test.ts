import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderWith } from './folder-with.ts';
import { type Told, overdue, repository } from './overdue.ts';

const company = join(repository, 'fixtures/company');
const owners = (argv: readonly string[]): Promise<Told> => overdue(['owners', ...argv, '-c', join(company, 'overdue.yaml')]);
const recorded = ['--replay', join(company, 'traffic'), '--connector', 'github'];
type Claims = {
  readonly records: readonly {
    readonly id: string;
    readonly claims: readonly { readonly by: string; readonly ref: string; readonly state: string }[];
  }[];
};

describe('owners check', () => {
  test('names who left and which group is empty, with the lines that say so, and ends with 1', async () => {
    const { code, stdout, stderr } = await owners(['check']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    await expect(stdout.replaceAll(/│ \d{4}-\d\d-\d\d │/g, '│ <day>      │')).toMatchFileSnapshot('../../fixtures/golden/owners-check.txt');
  });

  test('is clean where every name leads to somebody active', async () => {
    const cwd = await folderWith({
      'people.csv': 'id,email,status\nE1,a@larkspur.example,active\n',
      'workloads.yaml':
        'apiVersion: overdue/v1\nkind: Workloads\nworkloads:\n  - { name: shop, lifecycle: production, owner: team }\ngroups:\n  - { name: team, members: [E1] }\n',
      'overdue.yaml':
        'apiVersion: overdue/v1\nkind: Config\nsources:\n  people: { file: people.csv, complete: true }\n  workloads: { file: workloads.yaml, format: yaml, complete: true }\n',
    });
    const { code, stdout } = await overdue(['owners', 'check'], { cwd });
    expect(stdout).toContain('2 names, no problem');
    expect(code).toBe(0);
  });

  test('names workloads and vendors that no source knows, with the records that name them', async () => {
    const cwd = await folderWith({
      'workloads.yaml': 'apiVersion: overdue/v1\nkind: Workloads\nworkloads:\n  - { name: shop, lifecycle: production }\n',
      'vendors.csv': 'id,contract_end\npaywell,2027-06-30\n',
      'overdue.yaml':
        'apiVersion: overdue/v1\nkind: Config\nconnectors: { github: { organizations: [larkspur-foods] } }\nsources:\n  vendors: { file: vendors.csv }\n  workloads: { file: workloads.yaml, format: yaml, complete: true }\n',
    });
    const { code, stdout } = await overdue(['owners', 'check', '--replay', join(company, 'traffic')], { cwd });
    expect(stdout).toMatch(/│ workload ci is not in workloads.yaml +│ github\./);
    expect(stdout).not.toContain('u{a}');
    expect(code).toBe(1);
  });

  test('holds the names in records as well, once each, and tells claims that disagree', async () => {
    const { code, stdout } = await owners(['check', ...recorded, '-f', 'json']);
    const told = JSON.parse(stdout) as {
      readonly problems: readonly {
        readonly name: string;
        readonly state: string;
        readonly places: readonly { readonly ref: string; readonly where: string }[];
      }[];
      readonly conflicts: readonly { readonly detail: string }[];
    };
    expect(code).toBe(1);
    const left = told.problems.filter(({ places }) => places.some(({ ref }) => ref === 'aiko-data'));
    expect(left).toMatchObject([{ name: 'user:default/aiko', state: 'inactive' }]);
    expect(left[0]?.places.some(({ where }) => where.startsWith('github.'))).toBe(true);
    expect(new Set(told.problems.map(({ name }) => name)).size).toBe(told.problems.length);
    for (const { detail } of told.conflicts) expect(detail).toContain('disputed');
  });
});

test('owners check holds managers of those who have not left, by whichever name the export has', async () => {
  const cwd = await folderWith({
    'people.csv':
      'id,email,name,status,manager\nE1,a@x.example,Ann Lee,active,\nE2,b@x.example,Bo Berg,terminated,E1\nE3,c@x.example,Cy Dahl,active,Bo Berg\nE4,d@x.example,Di Ek,active,ann lee\nE5,e@x.example,Ed Falk,terminated,Nobody Known\nE6,f@x.example,Fe Gran,leave,nobody@x.example\n',
    'overdue.yaml': 'apiVersion: overdue/v1\nkind: Config\nsources:\n  people: { file: people.csv, complete: true }\n',
  });
  const { code, stdout } = await overdue(['owners', 'check', '-f', 'json'], { cwd });
  const { problems } = JSON.parse(stdout) as { readonly problems: readonly object[] };
  expect(code).toBe(1);
  expect(problems).toEqual([
    {
      name: 'E2',
      state: 'inactive',
      status: 'terminated',
      source: 'people.csv:3',
      interim: { name: 'a@x.example', source: 'people.csv:2' },
      places: [{ by: 'manager of E3', ref: 'E2', where: 'people.csv:4' }],
    },
    {
      name: 'nobody@x.example',
      state: 'gone',
      source: 'people.csv',
      places: [{ by: 'manager of E6', ref: 'nobody@x.example', where: 'people.csv:7' }],
    },
  ]);
});

test('several registries answer together, each with its own line in the check', async () => {
  const cwd = await folderWith({
    'catalog.yaml':
      'kind: Component\nmetadata: { name: shop }\nspec: { lifecycle: production, owner: team }\n---\nkind: Group\nmetadata: { name: team }\nspec: { members: [a@x.example] }\n',
    'cmdb.csv':
      'sys_id,name,operational_status,managed_by,support_group\n9f1,SAP,operational,,group:team\n9f2,Mail,operational,,group:ghosts\n',
    'people.csv': 'id,email,status\nE1,a@x.example,active\n',
    'overdue.yaml':
      'apiVersion: overdue/v1\nkind: Config\nsources:\n  people: { file: people.csv, complete: true }\n  workloads:\n    - { file: catalog.yaml, format: backstage, complete: true }\n    - { file: cmdb.csv, format: servicenow }\n',
  });
  const { code, stdout } = await overdue(['owners', 'check'], { cwd });
  expect(stdout).toMatch(/workloads +│ catalog\.yaml/);
  expect(stdout).toMatch(/workloads +│ cmdb\.csv/);
  expect(stdout).toMatch(/group:ghosts │ nobody of that name/);
  expect(stdout).toContain('1 problem');
  expect(code).toBe(1);
});

describe('owners resolve', () => {
  test.each([
    [
      'lee@ in capitals',
      'LEE.SANDOVAL@larkspur.example',
      [
        'inactive: terminated since 2026-08-14 (people.csv:4); for now the manager priya.nair@larkspur.example (people.csv:3)',
        'E003',
        'gh:lee-sandoval',
      ],
    ],
    [
      'a group',
      'platform-team',
      ['active (catalog.yaml:31)', 'E002, E004', 'workload component:default/ci as group:default/platform-team (catalog.yaml:11)'],
    ],
    ['a whole name', 'tomas lind', ['gone: nobody of that name in', 'did you mean tomas.lind@larkspur.example?']],
    ['a group without anybody', 'growth-team', ['empty: no active member', 'nobody in it is known']],
    ['a name with a slip', 'priya.nar@larkspur.example', ['gone: nobody of that name in', 'did you mean priya.nair@larkspur.example?']],
  ])('tells what the sources say of %s', async (_, name, parts) => {
    const { code, stdout } = await owners(['resolve', name]);
    const plain = stdout.replaceAll('fixtures/company/', '');
    for (const part of parts) expect(plain).toContain(part);
    expect(code).toBe(0);
  });

  test('tells of a record each claim, who said it and what the roster says', async () => {
    const { stdout } = await owners(['coverage', ...recorded, '-f', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ by: 'kind' });
    const inventory = (await overdue(['collect', '-c', join(company, 'overdue.yaml'), ...recorded])).stdout;
    const cwd = await folderWith({ 'inventory.ndjson': inventory });
    const key = inventory
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly kind?: string; readonly id?: string; readonly owners?: readonly unknown[] })
      .find(({ kind, owners: claims = [] }) => kind === 'github.deploy_key' && claims.length > 0);
    const told = await overdue(
      ['owners', 'resolve', key?.id ?? '', 'inventory.ndjson', '-c', join(company, 'overdue.yaml'), '-f', 'json'],
      { cwd },
    );
    const { records } = JSON.parse(told.stdout) as Claims;
    expect(records.length).toBe(1);
    expect(records[0]?.claims[0]).toMatchObject({ by: expect.any(String) as string, state: expect.any(String) as string });
    const table = await overdue(['owners', 'resolve', key?.id ?? '', 'inventory.ndjson', '-c', join(company, 'overdue.yaml')], { cwd });
    expect(table.stdout).toContain('Said by');
    expect(table.stdout).not.toContain('gone:');
  });
});

describe('owners coverage', () => {
  type Row = Readonly<Record<'records' | 'answeredFor' | 'unconfirmed' | 'left' | 'unnamed' | 'business' | 'technical', number>> & {
    readonly key: string;
  };
  let counted: { readonly rows: readonly Row[]; readonly total: Row; readonly placesNotLookedAt: number };
  let code = 0;

  beforeAll(async () => {
    const told = await owners(['coverage', ...recorded, '--by', 'scope', '-f', 'json']);
    counted = JSON.parse(told.stdout) as typeof counted;
    code = told.code;
  });

  test('puts each record into one of four', () => {
    expect(counted.rows.length).toBeGreaterThan(1);
    for (const row of [...counted.rows, counted.total]) {
      expect(row.answeredFor + row.unconfirmed + row.left + row.unnamed).toBe(row.records);
      expect(Math.max(row.business, row.technical)).toBeLessThanOrEqual(row.answeredFor);
    }
    expect(counted.rows.reduce((sum, { records }) => sum + records, 0)).toBe(counted.total.records);
  });

  test('says that places were not looked at, and ends with 3', () => {
    expect(counted.placesNotLookedAt > 0 ? 3 : 0).toBe(code);
  });

  test('is drawn as a table with the whole in its last row', async () => {
    const { stdout } = await owners(['coverage', ...recorded, '--by', 'connector']);
    expect(stdout).toMatch(/│ github +│ \d+/);
    expect(stdout).toMatch(/│ all +│ \d+/);
  });
});

test('CODEOWNERS of checkouts answer for what a repository holds where nobody nearer is named', async () => {
  const inventory = (await overdue(['collect', '-c', join(company, 'overdue.yaml'), ...recorded])).stdout;
  const scope = /"scope":"repository\/([^"/]+\/[^"/]+)/.exec(inventory)?.[1] ?? '';
  const cwd = await folderWith({
    'inventory.ndjson': inventory,
    'overdue.yaml': 'apiVersion: overdue/v1\nkind: Config\nsources:\n  codeowners: { folder: checkouts }\nowners: { from: [codeowners] }\n',
  });
  const path = join(cwd, 'checkouts', scope, '.github/CODEOWNERS');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '* @somebody-else\n*  @larkspur-foods/platform-team @priya-larkspur # the last rule counts\n/docs @writer\n');
  const told = await overdue(['owners', 'check', 'inventory.ndjson', '-f', 'json'], { cwd });
  const { problems } = JSON.parse(told.stdout) as {
    readonly problems: readonly { readonly name: string; readonly places: readonly { readonly by: string }[] }[];
  };
  expect(problems.map(({ name }) => name)).toEqual(['group:platform-team', 'priya-larkspur']);
  for (const { places } of problems) expect(new Set(places.map(({ by }) => by))).toEqual(new Set([`CODEOWNERS of ${scope}`]));
});

test('a finding names the manager who may be asked for an owner who left, and so does its explanation', async () => {
  const configured = ['-c', join(company, 'overdue.yaml')];
  const { stdout } = await overdue(['scan', ...configured, ...recorded, '-f', 'json']);
  type Found = { readonly id: string; readonly owners: readonly { readonly ref: string; readonly interim?: string }[] };
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Found[] };
  const finding = findings.find(({ owners: named }) => named.some(({ ref }) => ref === 'aiko-data'));
  // Her own manager is on leave.
  expect(finding?.owners).toContainEqual(expect.objectContaining({ ref: 'aiko-data', interim: 'dana.okafor@larkspur.example' }));
  const cwd = await folderWith({ 'result.json': stdout });
  const explained = await overdue(['explain', finding?.id ?? '', '--result', 'result.json', ...configured], { cwd });
  expect(explained.stdout).toContain('for now, ask the manager dana.okafor@larkspur.example');
});
