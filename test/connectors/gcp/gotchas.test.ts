import { beforeAll, describe, expect, test } from 'vitest';
import { gcp } from '../../../connectors/gcp/index.ts';
import type { WireRequest } from '../../../src/connector/wire.ts';
import type { InventoryRecord } from '../../../src/model/inventory.ts';
import { fact } from '../../../src/model/record.ts';
import { type Run, load, run } from '../../contract/rig.ts';
import { type Answer, account, email, google, key, lookAtGoogle } from './rig.ts';

/** What is easily taken for something else at Google: one test for each. */
const at = (record: InventoryRecord | undefined, name: string) => fact<Readonly<Record<string, unknown>>, string>({ ...record }, name);

async function one(surface: string, answers: Readonly<Record<string, Answer>>): Promise<InventoryRecord | undefined> {
  const answer = ({ url }: WireRequest): Answer => {
    const path = decodeURIComponent(new URL(url).pathname);
    return Object.entries(answers).find(([end]) => path.endsWith(end))?.[1] ?? { body: {} };
  };
  const { records } = await lookAtGoogle(answer, { surfaces: [surface] });
  return records[0];
}

describe('over all that is recorded', () => {
  let clean: Run;
  const requests: WireRequest[] = [];
  beforeAll(async () => {
    const { connector, faults } = await load('gcp');
    clean = await run(connector, faults.settings, (request) => void requests.push(request));
  });
  const record = (kind: string, name: string): InventoryRecord | undefined =>
    clean.records.find((each) => each.kind === kind && each.name.includes(name));

  test('the wildcard project is never asked: it answers 403 for what is gone', () => {
    expect(requests.map(({ url }) => decodeURIComponent(url)).filter((url) => url.includes('/projects/-/'))).toEqual([]);
  });

  test('keys that Google keeps for itself are not asked for', () => {
    const lists = requests.filter((request) => gcp.operationOf(request) === 'iam.projects.serviceAccounts.keys.list');
    expect(lists.length).toBeGreaterThan(0);
    for (const { url } of lists) expect(new URL(url).searchParams.get('keyTypes')).toBe('USER_MANAGED');
  });

  test('nothing is written, and no value of a secret is asked for', () => {
    const writes = requests.filter(({ method, url }) => method !== 'GET' && !/:(?:getIamPolicy|getAncestry)$/.test(new URL(url).pathname));
    expect(writes).toEqual([]);
    expect(requests.filter(({ url }) => /:access\b|getKeyString|privateKeyData/.test(url))).toEqual([]);
  });

  test('deleted pools, providers and API keys can come back, and are neither active nor gone', () => {
    const soft = clean.records.filter(({ status }) => status === 'deleted-recoverable').map(({ kind }) => kind);
    expect(new Set(soft)).toEqual(
      new Set(['gcp.api_key', 'gcp.workload_identity_pool', 'gcp.workload_identity_provider_key', 'gcp.scim_token']),
    );
  });

  test('the default service account of Compute Engine is marked, and its reach is not its maker’s', () => {
    expect(record('gcp.service_account', '-compute@')).toMatchObject({
      managedBy: 'service',
      details: { defaultOf: 'Compute Engine' },
      privilege: 'escalation',
    });
  });

  test('a key found in a public repository names the repository', () => {
    expect(clean.records.find(({ details }) => details['exposed'] !== undefined)?.details['exposed']).toBe(
      'https://www.github.com/larkspur-foods/partner-drop-scripts',
    );
  });

  test('a project that is being deleted is no project without findings', () => {
    expect(clean.coverage.find(({ scope }) => scope === 'project/larkspur-old-export')).toMatchObject({ state: 'not-enabled' });
  });

  test('a connection to a Git host names the App installation and the secret version behind it', () => {
    expect(record('gcp.git_connection', 'storefront')?.details).toMatchObject({
      appInstallationId: '47110815',
      secretVersion: 'projects/larkspur-analytics/secrets/storefront-github-oauthtoken/versions/1',
    });
  });
});

describe('service account keys', () => {
  const first = (answer: Answer, more: object = {}) =>
    lookAtGoogle(google({ accounts: [account('a', more)], keys: { a: answer } })).then(({ records }) =>
      records.find(({ kind }) => kind === 'gcp.service_account_key'),
    );

  test.each([
    ['the year 9999', '9999-12-31T23:59:59Z'],
    ['ten years, as in keys from before', '2035-12-31T00:00:00Z'],
  ])('ending in %s never end', async (_case, validBeforeTime) => {
    expect(at(await first({ body: { keys: [key('a', 'aa', { validBeforeTime })] } }), 'expiresAt')).toEqual({ state: 'absent' });
  });

  test('that were uploaded end with their certificate', async () => {
    const uploaded = key('a', 'aa', { keyOrigin: 'USER_PROVIDED', validBeforeTime: '2027-01-01T00:00:00Z' });
    const record = await first({ body: { keys: [uploaded] } });
    expect(at(record, 'expiresAt')).toEqual({ state: 'known', value: '2027-01-01T00:00:00Z' });
    expect(record?.details['origin']).toBe('uploaded');
  });

  test('of a disabled service account are out of use, and come back with it', async () => {
    expect((await first({ body: { keys: [key('a', 'aa')] } }, { disabled: true }))?.status).toBe('quarantined');
  });

  test('come with the address of their service account, and with its own id, since the address can be given again', async () => {
    const { records } = await lookAtGoogle(google({ accounts: [account('a')] }));
    expect(records[0]).toMatchObject({ name: email('a'), details: { uniqueId: '1000-a' } });
  });
});

describe('what ends what', () => {
  const traits = (kind: string) => {
    const found = gcp.surfaces.flatMap(({ kinds }) => kinds).find((each) => each.kind.id === kind)?.kind.traits;
    if (!found) throw new Error(`no kind ${kind}`);
    return found;
  };

  test('a deleted key goes on in the tokens made from it, a disabled service account in none', () => {
    expect(traits('gcp.service_account_key').revocation.tokensLive).toBe('1h');
    expect(traits('gcp.service_account').revocation.tokensLive).toBeNull();
  });

  test('one list without a key is not yet its end: lists follow late', () => {
    expect(traits('gcp.service_account_key').revocation.seen.join()).toContain('two reads');
  });

  test('a disabled provider leaves its tokens, a disabled pool ends them', () => {
    expect(traits('gcp.workload_identity_provider').revocation.tokensLive).toBe('1h');
    expect(traits('gcp.workload_identity_pool').revocation.tokensLive).toBeNull();
  });

  test('a managed workload identity goes on until its last certificate ends, which is thirty days at the most', () => {
    expect(traits('gcp.managed_workload_identity').revocation.tokensLive).toBe('30d');
  });
});

describe('stores', () => {
  const secret = (more: object): Answer => ({
    body: { secrets: [{ name: 'projects/1/secrets/s', createTime: '2024-01-01T00:00:00Z', ...more }] },
  });
  const version = (number: string, createTime: string) => ({
    name: `projects/1/secrets/s/versions/${number}`,
    createTime,
    state: 'ENABLED',
  });

  test('an alias may keep readers on an old version of a secret that was renewed', async () => {
    const record = await one('gcp.secret', {
      '/secrets': secret({ versionAliases: { live: '1', next: '2' } }),
      '/versions': { body: { versions: [version('2', '2026-01-01T00:00:00Z'), version('1', '2024-01-01T00:00:00Z')] } },
    });
    expect(record?.details).toMatchObject({ readableVersions: '2', aliases: 'live=1 next=2', aliasesBehindNewest: 'live=1' });
  });

  test('a rotation period may be missing from answers: the next date tells of the schedule', async () => {
    const primary = { state: 'ENABLED', createTime: '2024-01-01T00:00:00Z' };
    const item = {
      name: 'projects/p/k',
      purpose: 'ENCRYPT_DECRYPT',
      createTime: '2024-01-01T00:00:00Z',
      nextRotationTime: '2027-01-01T00:00:00Z',
      primary,
    };
    const record = await one('gcp.kms_key', { '/cryptoKeys': { body: { cryptoKeys: [item] } } });
    expect(at(record, 'rotationDueAt')).toEqual({ state: 'known', value: '2027-01-01T00:00:00Z' });
  });

  test.each([
    ['are imported only', { importOnly: true }],
    ['are held by somebody else', { versionTemplate: { protectionLevel: 'EXTERNAL_VPC' } }],
  ])('KMS keys that %s can have no schedule, so none is missing', async (_case, more) => {
    const item = { name: 'projects/p/k', purpose: 'ENCRYPT_DECRYPT', createTime: '2024-01-01T00:00:00Z', ...more };
    expect(await one('gcp.kms_key', { '/cryptoKeys': { body: { cryptoKeys: [item] } } })).not.toHaveProperty('rotationDueAt');
  });

  test('a destroyed version of a KMS key tells since when', async () => {
    const primary = { state: 'DESTROYED', createTime: '2024-01-01T00:00:00Z', destroyEventTime: '2026-05-01T00:00:00Z' };
    const item = { name: 'projects/p/k', purpose: 'ENCRYPT_DECRYPT', createTime: '2024-01-01T00:00:00Z', primary };
    const record = await one('gcp.kms_key', { '/cryptoKeys': { body: { cryptoKeys: [item] } } });
    expect(record?.status).toBe('inactive');
    expect(at(record, 'statusSince')).toEqual({ state: 'known', value: '2026-05-01T00:00:00Z' });
  });

  test('an HMAC key that was switched off tells since when', async () => {
    const item = {
      accessId: 'GOOG1',
      serviceAccountEmail: email('a'),
      state: 'INACTIVE',
      timeCreated: '2024-01-01T00:00:00Z',
      updated: '2026-06-01T00:00:00Z',
    };
    const record = await one('gcp.hmac_key', { '/hmacKeys': { body: { items: [item] } } });
    expect(record?.status).toBe('inactive');
    expect(at(record, 'statusSince')).toEqual({ state: 'known', value: '2026-06-01T00:00:00Z' });
  });

  test('a deleted API key tells since when', async () => {
    const item = { name: 'projects/1/locations/global/keys/u', createTime: '2024-01-01T00:00:00Z', deleteTime: '2026-11-01T00:00:00Z' };
    const record = await one('gcp.api_key', { '/keys': { body: { keys: [item] } } });
    expect(at(record, 'statusSince')).toEqual({ state: 'known', value: '2026-11-01T00:00:00Z' });
  });

  test('a region that Cloud SQL cannot reach is a gap', async () => {
    const body = { items: [], warnings: [{ code: 'REGION_UNREACHABLE', region: 'us-west1' }, { code: 'MAX_RESULTS_EXCEEDS_LIMIT' }] };
    const { coverage } = await lookAtGoogle(() => ({ body }), { surfaces: ['gcp.sql_user'] });
    expect(coverage.map(({ scope, state }) => `${scope} ${state}`)).toEqual([
      'project/larkspur-analytics/us-west1 partial',
      'project/larkspur-analytics partial',
    ]);
  });
});
