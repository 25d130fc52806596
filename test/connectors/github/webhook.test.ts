import { describe, expect, test } from 'vitest';
import { type Answer, runSurface } from './answers.ts';
import { indexAnswer } from './index-answer.ts';
import { delivery, organizationWebhook, repositoryWebhook } from './raw-repository.ts';

const surface = 'github.organization_webhook';
const list = 'GET /orgs/larkspur-foods/hooks';
const deliveries = 'GET /orgs/larkspur-foods/hooks/322014771/deliveries?per_page=1';

async function recordOf(change: object, newest: Answer = { body: [delivery] }) {
  const { records, coverage } = await runSurface(surface, {
    [list]: { body: [{ ...organizationWebhook, ...change }] },
    [deliveries]: newest,
  });
  return { record: records[0], row: coverage.at(-1) };
}

const configured = (change: object) => ({ config: { ...organizationWebhook.config, ...change } });

describe('a webhook', () => {
  test('is known by its number, and by the host that it sends to', async () => {
    expect((await recordOf({})).record).toMatchObject({
      id: 'organizations/90125501/hooks/322014771',
      name: 'webhook to chatops.larkspur.example',
      status: 'active',
      consumers: ['chatops.larkspur.example'],
      createdAt: '2024-02-06T10:00:00Z',
      lastUsedAt: '2026-11-20T22:48:09Z',
      expiresAt: null,
    });
  });

  test('has a secret or has none, and neither its mask nor the path of its address is kept', async () => {
    const set = (await recordOf(configured({ url: 'https://hooks.example/T024/B17/tellnobody?key=hidden' }))).record;
    const { secret: _, ...open } = organizationWebhook.config;
    const none = (await recordOf({ config: open })).record;
    expect(set).toMatchObject({ details: { secret: 'set' }, privileges: ['receives push'] });
    expect(none).toMatchObject({ details: { secret: 'none' }, privileges: ['receives push', 'sent without a signature'] });
    expect(JSON.stringify(set)).not.toMatch(/\*|tellnobody|hidden/);
  });

  test.each([
    ['whose receiver may be anybody', configured({ insecure_ssl: '1' }), 'certificate of the receiver is not checked'],
    [
      'whose receiver may be anybody, as older servers say it',
      configured({ insecure_ssl: 1 }),
      'certificate of the receiver is not checked',
    ],
    ['that anybody on the way can read', configured({ url: 'http://old.example/hook' }), 'sent without TLS'],
    ['of everything', { events: ['*'] }, 'receives all events'],
  ])('%s says so', async (_name, change, privilege) => {
    expect((await recordOf(change)).record?.privileges).toContain(privilege);
  });

  test('that is switched off is inactive', async () => {
    expect((await recordOf({ active: false })).record?.status).toBe('inactive');
  });

  test('changed yesterday does not have a new secret', async () => {
    expect((await recordOf({ updated_at: '2026-11-20T00:00:00Z' })).record?.unknown).toMatchObject({ rotatedAt: { why: 'not-offered' } });
  });

  test.each([
    ['none in the days that GitHub keeps', { body: [] }, 'not-offered'],
    ['a refusal', { status: 403, body: { message: 'Resource not accessible by integration' } }, 'permission-denied'],
    ['something that is no list', { body: { message: 'x' } }, 'malformed-response'],
    ['one without a time', { body: [{ ...delivery, delivered_at: undefined }] }, 'malformed-response'],
  ])('with deliveries that are %s was used nobody knows when', async (_name, newest, why) => {
    const { record, row } = await recordOf({}, newest);
    expect(record?.unknown).toMatchObject({ lastUsedAt: { why } });
    expect(row).toMatchObject({ state: 'complete', count: 1 });
  });

  test('without an address is not given one', async () => {
    const { record } = await recordOf({ config: {} });
    expect(record).toMatchObject({ name: 'webhook to an unknown host', unknown: { consumers: { why: 'malformed-response' } } });
  });
});

test('a webhook of a repository takes its place and tags from it', async () => {
  const { records } = await runSurface('github.repository_webhook', {
    'POST /graphql': indexAnswer([{ name: 'checkout' }]),
    'GET /repos/larkspur-foods/checkout/hooks': { body: [{ ...repositoryWebhook, id: 9 }] },
    'GET /repos/larkspur-foods/checkout/hooks/9/deliveries?per_page=1': { body: [] },
  });
  expect(records).toMatchObject([{ id: 'repositories/1/hooks/9', scope: 'repository/larkspur-foods/checkout' }]);
});
