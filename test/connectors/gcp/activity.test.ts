import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Activities, lastUseOf, readActivities } from '../../../connectors/gcp/activity.ts';
import type { Json } from '../../../connectors/gcp/answer.ts';
import { classify } from '../../../connectors/gcp/refusal.ts';
import { known } from '../../../src/model/fact.ts';

const name = '//iam.googleapis.com/projects/p/serviceAccounts/a@p.iam.gserviceaccount.com';

function entry(resource: string, more: object = {}, from = '2025-06-01T07:00:00Z', until = '2026-11-20T08:00:00Z'): Json {
  return { fullResourceName: resource, observationPeriod: { startTime: from, endTime: until }, ...more };
}
async function* pages(...each: readonly (readonly Json[])[]): AsyncGenerator<readonly Json[]> {
  for (const page of each) yield await Promise.resolve(page);
}
async function use(entries: readonly Json[], ...names: readonly string[]) {
  return lastUseOf(known(await readActivities(pages(entries))), names);
}

describe('last use by Activity Analyzer', () => {
  test('is found by unique id, on any page, with the end of the watch as its date', async () => {
    const activity = { lastAuthenticatedTime: '2026-11-18T08:00:00Z', serviceAccount: { serviceAccountId: '1080' } };
    const activities = await readActivities(
      pages([entry(`${name}2`)], [entry(name, { activity }, '2025-06-01T07:00:00Z', '2026-11-19T08:00:00Z')]),
    );
    expect(lastUseOf(known(activities), ['1080', 'a@p.iam.gserviceaccount.com'])).toEqual({
      lastUsedAt: known('2026-11-18T08:00:00Z'),
      asOf: '2026-11-19T08:00:00Z',
    });
  });

  test('is not taken from an earlier service account of the same address', async () => {
    const activity = { lastAuthenticatedTime: '2026-11-18T08:00:00Z', serviceAccount: { serviceAccountId: '999' } };
    const { lastUsedAt } = await use([entry(name, { activity })], '1080', 'a@p.iam.gserviceaccount.com');
    expect(lastUsedAt.state).toBe('absent');
  });

  test('is found by key, named inside the activity only', async () => {
    const activity = {
      lastAuthenticatedTime: '2026-11-18T08:00:00Z',
      serviceAccountKey: { fullResourceName: `${name}/keys/90c4`, serviceAccountId: '1080' },
    };
    expect((await use([{ activity }], '1080/keys/90c4')).lastUsedAt).toEqual(known('2026-11-18T08:00:00Z'));
  });

  test('without an entry is absent since the latest start of a watch, as of the earliest end', async () => {
    const found = await use(
      [
        entry(`${name}1`, {}, '2025-06-01T07:00:00Z', '2026-11-20T08:00:00Z'),
        entry(`${name}2`, {}, '2026-02-01T08:00:00Z', '2026-11-18T08:00:00Z'),
      ],
      '1080',
    );
    expect(found).toEqual({ lastUsedAt: { state: 'absent', since: '2026-02-01T08:00:00Z' }, asOf: '2026-11-18T08:00:00Z' });
  });

  test('of an entry without a time is absent since its own start', async () => {
    const { lastUsedAt } = await use(
      [entry(name, { activity: {} }), entry(`${name}2`, {}, '2026-02-01T08:00:00Z')],
      'a@p.iam.gserviceaccount.com',
    );
    expect(lastUsedAt).toEqual({ state: 'absent', since: '2025-06-01T07:00:00Z' });
  });

  test('is unknown when nothing says since when use is watched', async () => {
    expect((await use([], '1080')).lastUsedAt).toMatchObject({ state: 'unknown', why: 'not-offered' });
    expect((await use([{ fullResourceName: name }], '1080')).lastUsedAt.state).toBe('unknown');
  });

  test('of an unreadable time is unknown, never absent', async () => {
    const activity = { lastAuthenticatedTime: 'yesterday' };
    expect((await use([entry(name, { activity })], 'a@p.iam.gserviceaccount.com')).lastUsedAt).toMatchObject({
      state: 'unknown',
      why: 'malformed-response',
    });
  });

  test('an entry of nobody spoils the whole answer: it could have been anybody’s', async () => {
    const error: unknown = await readActivities(pages([{ activity: { lastAuthenticatedTime: '2026-11-18T08:00:00Z' } }])).catch(
      (each: unknown) => each,
    );
    expect(classify(error)).toMatchObject({ why: 'malformed-response' });
  });

  test('law: absence always says since when', () => {
    const at = fc.constantFrom('2025-06-01T07:00:00Z', '2026-02-01T08:00:00Z');
    const activity = fc.record({ lastUsedAt: fc.constant(known('2026-11-18T08:00:00Z')), from: at, until: at }, { requiredKeys: [] });
    const byResource = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), activity)).map((each) => new Map(each));
    const activities: fc.Arbitrary<Activities> = fc.record(
      { byResource, watchedSince: at, watchedUntil: at },
      { requiredKeys: ['byResource'] },
    );
    fc.assert(
      fc.property(activities, (each) => {
        const { lastUsedAt } = lastUseOf(known(each), ['a']);
        expect(lastUsedAt.state === 'absent' && lastUsedAt.since === undefined).toBe(false);
      }),
    );
  });
});
