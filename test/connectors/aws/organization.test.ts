import { beforeAll, describe, expect, test } from 'vitest';
import { aws } from '../../../connectors/aws/index.ts';
import type { Settings } from '../../../connectors/aws/settings.ts';
import { collect } from '../../../src/collect/collect.ts';
import { kindsOf } from '../../../src/collect/inventory-stream.ts';
import type { ConnectContext, Connector } from '../../../src/connector/contract.ts';
import { paced } from '../../../src/connector/pace.ts';
import { recordingWire } from '../../../src/connector/record.ts';
import type { Exchange } from '../../../src/connector/recording.ts';
import { replayWire } from '../../../src/connector/replay.ts';
import type { Wire, WireRequest, WireResponse } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { InventoryRecord } from '../../../src/model/inventory.ts';
import { OperatorError } from '../../../src/model/operator-error.ts';
import type { Scope } from '../../../src/model/scope.ts';
import { defaultConventions } from '../../../src/reconcile/conventions.ts';
import { reconcile } from '../../../src/reconcile/reconcile.ts';
import { overdue } from '../../cli/overdue.ts';
import { pinned } from '../../contract/rig.ts';
import { json } from './client.ts';
import { archive, home, member, rootKey, sandbox, settings, shut, threeAccounts } from './three-accounts.ts';

type Instead = (operation: string, request: WireRequest) => WireResponse | undefined;

/** The organisation as it was recorded, where some calls are answered otherwise. */
async function scan(given: Settings = settings, instead: Instead = () => undefined, only?: readonly string[], recorder?: Wire) {
  const abort = new AbortController();
  const replay = replayWire(await threeAccounts(), (error) => {
    abort.abort(error);
  });
  const asked: { readonly operation: string; readonly request: WireRequest }[] = [];
  const context: ConnectContext = {
    env: { AWS_REGION: 'eu-west-1' },
    signal: abort.signal,
    now: () => pinned,
    sleep: () => Promise.resolve(),
    replaying: true,
    wire: (budget) =>
      paced(
        (request) => {
          const operation = aws.operationOf(request);
          asked.push({ operation, request });
          const other = instead(operation, request);
          return other ? Promise.resolve(other) : (recorder ?? replay)(request);
        },
        budget,
        { sleep: () => Promise.resolve(), clock: () => Date.parse(pinned) },
      ),
  };
  const scopes: Scope[] = [];
  const records: InventoryRecord[] = [];
  const rows: Coverage[] = [];
  const failures: unknown[] = [];
  const connector: Connector = only ? { ...aws, surfaces: aws.surfaces.filter(({ id }) => only.includes(id)) } : aws;
  const onFailed = (_: string, error: unknown): void => void failures.push(error);
  for await (const line of collect([{ connector, settings: given, context, skip: {} }], { onFailed })) {
    if (line.record === 'coverage') rows.push(line);
    else if (line.record === 'scope') scopes.push(line);
    else records.push(line);
  }
  return { scopes, records, rows: rows.filter(({ state }) => state !== 'not-enumerable'), asked, failures };
}

const deniedTo = (action: string): WireResponse =>
  json(
    {
      __type: 'AccessDeniedException',
      Message: `You don't have permissions to access this resource: not authorized to perform: ${action}`,
    },
    400,
  );
const secrets = ['aws.account', 'aws.secretsmanager_secret'];

describe('an organisation of which three accounts are looked at', { timeout: 30_000 }, () => {
  let whole: Awaited<ReturnType<typeof scan>>;
  const rowsOf = (account: string) => whole.rows.filter(({ scope }) => scope.startsWith(`account/${account}`));

  beforeAll(async () => {
    whole = await scan();
  });

  test('gives every record of its own account and of its member, each in its scope', () => {
    const of = (account: string) => whole.records.filter(({ scope }) => scope.split('/')[1] === account);
    const kinds = (account: string) => new Set(of(account).map(({ kind }) => kind));
    expect(of(home).length).toBeGreaterThan(100);
    expect(kinds(member)).toEqual(kinds(home));
    expect(of(member).filter((record) => JSON.stringify(record).includes(home) && record.record !== 'identity')).toEqual([]);
    expect(of(home).length + of(member).length).toBe(whole.records.length);
  });

  test('looks at both completely', () => {
    for (const account of [home, member]) expect(rowsOf(account).filter(({ state }) => state !== 'complete')).toEqual([]);
    expect(rowsOf(member)).toHaveLength(rowsOf(home).length);
  });

  test('says of the account that refuses us that each of its surfaces is denied, and why', () => {
    const rows = rowsOf(shut);
    expect(new Set(rows.map(({ surface }) => surface))).toEqual(
      new Set(aws.surfaces.flatMap(({ id, level }) => (level === 'organization' ? [] : [id]))),
    );
    for (const row of rows)
      expect(row).toMatchObject({ state: 'denied', reason: 'permission-denied', requires: ['sts:AssumeRole'], count: 0 });
  });

  test('says of a suspended account and of one that is left out why they are not looked at, and asks them nothing', () => {
    expect(rowsOf(archive)).toEqual([
      expect.objectContaining({ surface: 'aws.account', state: 'not-enabled', detail: 'account larkspur-archive is suspended' }),
    ]);
    expect(rowsOf(sandbox)).toEqual([expect.objectContaining({ surface: 'aws.account', state: 'skipped' })]);
    const about = whole.asked.filter(
      ({ request }) => JSON.stringify(request).includes(archive) || JSON.stringify(request).includes(sandbox),
    );
    expect(about).toEqual([]);
  });

  test('names every account, goes on after an empty page, and reads all tags', () => {
    expect(whole.scopes.map(({ id, name, tags }) => [id, name, tags])).toEqual([
      [`account/${home}`, 'larkspur-prod', {}],
      [`account/${member}`, 'larkspur-analytics', { 'cost-center': '4410', owner: 'platform-team' }],
      [`account/${archive}`, 'larkspur-archive', undefined],
      [`account/${sandbox}`, 'Larkspur-Sandbox', undefined],
      [`account/${shut}`, 'larkspur-payments', { owner: 'platform-team' }],
    ]);
    expect(whole.rows.find(({ scope }) => scope.startsWith('organization/'))).toMatchObject({ state: 'complete', count: 5 });
  });

  test('gives an owner of the account to what nobody else is named for', async () => {
    const context = { kinds: kindsOf([aws]), sources: {}, conventions: defaultConventions };
    const subjects = await Array.fromAsync(reconcile([...whole.scopes, ...whole.records], context));
    const probe = (account: string) =>
      subjects
        .find(({ record }) => record.scope.startsWith(`account/${account}`) && record.name.startsWith('old-probe/'))
        ?.owners.map(({ claim }) => claim);
    expect(probe(home)).toEqual([]);
    expect(probe(member)).toEqual([{ role: 'technical', ref: 'platform-team', by: 'tag owner of account larkspur-analytics' }]);
  });

  test('asks for each role and each root user once, with what the settings say', () => {
    const entrances = whole.asked.filter(({ operation }) => operation.startsWith('sts:'));
    expect(
      entrances.map(({ operation, request }) => `${operation} ${String(new URLSearchParams(request.body).get('ExternalId'))}`).toSorted(),
    ).toEqual(['sts:AssumeRole larkspur-7', 'sts:AssumeRole larkspur-7', 'sts:AssumeRoot null']);
  });

  test('gives the keys of the root user of the member with their ids', () => {
    const keys = whole.records.filter(({ kind, scope }) => kind === 'aws.iam_root_access_key' && scope === `account/${member}`);
    expect(keys).toMatchObject([
      {
        id: rootKey,
        scope: `account/${member}`,
        identity: `arn:aws:iam::${member}:root`,
        status: 'active',
        createdAt: '2019-04-01T08:00:00Z',
        lastUsedAt: null,
        since: { lastUsedAt: '2019-04-01T08:00:00Z' },
        privilege: 'admin',
      },
    ]);
  });

  test('asks all that `overdue permissions aws` prints, and nothing beyond', async () => {
    const { stdout } = await overdue(['permissions', 'aws']);
    const { Statement } = JSON.parse(stdout) as { readonly Statement: readonly { readonly Action: string | readonly string[] }[] };
    const granted = new Set(Statement.flatMap(({ Action }) => Action));
    const declared = [...aws.surfaces.flatMap(({ operations }) => operations), ...(aws.discovery ?? [])];
    const needed = new Set(
      whole.asked.flatMap(({ operation }) =>
        operation === '' ? [] : [declared.find(({ call }) => call === operation)?.permission ?? operation],
      ),
    );
    // The units of an account are asked for only where the settings name units: the next test.
    expect([...granted].filter((permission) => !needed.has(permission))).toEqual(['organizations:ListParents']);
    expect([...needed].filter((permission) => !granted.has(permission))).toEqual([]);
  });
});

describe('an organisation that is not told', () => {
  test('closes every surface with the permission when its accounts may not be listed', async () => {
    const { rows } = await scan(settings, (operation) =>
      operation === 'organizations:ListAccounts' ? deniedTo('organizations:ListAccounts') : undefined,
    );
    expect(rows).toHaveLength(aws.surfaces.length);
    for (const row of rows) expect(row).toMatchObject({ scope: '*', state: 'denied', requires: ['organizations:ListAccounts'] });
  });

  test('keeps the accounts that were listed when the listing breaks off, and says that there are others', async () => {
    const { rows, records } = await scan(
      settings,
      (operation, { body }) =>
        operation === 'organizations:ListAccounts' && body?.includes('three') === true ? deniedTo('organizations:ListAccounts') : undefined,
      secrets,
    );
    expect(new Set(records.map(({ scope }) => scope.split('/')[1]))).toEqual(new Set([home, member]));
    expect(rows.filter(({ scope }) => scope === 'other places').map(({ surface, state }) => [surface, state])).toEqual(
      secrets.map((id) => [id, 'denied']),
    );
    expect(rows.find(({ scope }) => scope.startsWith('organization/'))).toMatchObject({ state: 'partial', count: 3 });
  });

  test('is a mistake of the settings where there is none', async () => {
    const { failures } = await scan(settings, (operation) =>
      operation === 'organizations:ListAccounts'
        ? json({ __type: 'AWSOrganizationsNotInUseException', Message: 'Your account is not a member of an organization.' }, 400)
        : undefined,
    );
    expect(failures).toEqual([expect.any(OperatorError)]);
    expect((failures[0] as OperatorError).mistakes[0]?.hint).toMatch(/remove `organization`/);
  });

  test('leaves the tags of an account unknown when they may not be read, and looks at it', async () => {
    const { scopes, rows } = await scan(
      settings,
      (operation) => (operation === 'organizations:ListTagsForResource' ? deniedTo(operation) : undefined),
      secrets,
    );
    expect(scopes.find(({ id }) => id.endsWith(member))?.unknown?.tags).toMatchObject({ why: 'permission-denied' });
    expect(rows.find(({ scope }) => scope === `account/${member}/eu-west-1`)).toMatchObject({ state: 'complete' });
  });

  test('does not look at an account whose tags would have to choose it and may not be read: that is a gap', async () => {
    const given: Settings = {
      regions: ['eu-west-1'],
      organization: { role: 'audit/overdue', include: { ids: [home], tags: { owner: '*' } } },
    };
    const { rows } = await scan(
      given,
      (operation) => (operation === 'organizations:ListTagsForResource' ? deniedTo(operation) : undefined),
      secrets,
    );
    expect(rows.filter(({ scope }) => scope.startsWith(`account/${member}`))).toMatchObject([
      { surface: 'aws.account', state: 'denied', requires: ['organizations:ListTagsForResource'] },
      { surface: 'aws.secretsmanager_secret', state: 'denied', requires: ['organizations:ListTagsForResource'] },
    ]);
    expect(rows.find(({ scope }) => scope === `account/${home}/eu-west-1`)).toMatchObject({ state: 'complete' });
  });

  test('keeps what the report tells of the root user of a member that nobody may be', async () => {
    const { rows, records } = await scan(
      settings,
      (operation) =>
        operation === 'sts:AssumeRoot'
          ? {
              ...json({}),
              status: 403,
              headers: { 'content-type': 'text/xml' },
              body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRoot</Message></Error></ErrorResponse>',
            }
          : undefined,
      ['aws.iam_root_user'],
    );
    expect(rows.filter(({ scope }) => scope.startsWith(`account/${member}`))).toMatchObject([
      { scope: `account/${member}/root`, state: 'denied', requires: ['sts:AssumeRoot'] },
      { scope: `account/${member}`, state: 'partial' },
    ]);
    expect(records.some(({ kind, scope }) => kind === 'aws.iam_root_user' && scope === `account/${member}`)).toBe(true);
  });
});

test('an account that the settings name themselves is looked at once', async () => {
  const { rows, asked } = await scan({ ...settings, regions: ['eu-west-1'], accounts: [{ id: home }] }, undefined, secrets);
  expect(rows.filter(({ scope }) => scope === `account/${home}/eu-west-1`)).toHaveLength(1);
  expect(asked.filter(({ operation, request }) => operation === 'secretsmanager:ListSecrets' && request.scope === undefined)).toHaveLength(
    2,
  );
});

test('sessions of roles and root users are recorded without what opens them, and a recording tells who was refused', async () => {
  const saved: Exchange[] = [];
  const replay = replayWire(await threeAccounts(), () => undefined);
  const live: Wire = async (request) => {
    const answered = await replay(request);
    return { ...answered, body: answered.body.replaceAll('[scrubbed]', 'correct/horse+battery') };
  };
  const save = (_name: string, exchange: Exchange): Promise<void> => {
    saved.push(exchange);
    return Promise.resolve();
  };
  await scan(settings, undefined, secrets, recordingWire(live, 'aws', save));
  const roles = saved.filter(({ request }) => JSON.stringify(request.body).includes('Action=AssumeRole'));
  expect(new Set(roles.map(({ responses }) => responses[0]?.status))).toEqual(new Set([200, 403]));
  expect(JSON.stringify(saved)).not.toContain('correct/horse');
});
