import fc from 'fast-check';
import { expect, test } from 'vitest';
import { day } from '../../src/model/duration.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { instant } from '../../src/model/instant.ts';
import { expiry } from '../../src/policy/predicates/expiry.ts';
import { quarantine } from '../../src/policy/predicates/quarantine.ts';
import { revocation } from '../../src/policy/predicates/revocation.ts';
import { rotation } from '../../src/policy/predicates/rotation.ts';
import { usage } from '../../src/policy/predicates/usage.ts';
import { key, subject } from './subject.ts';

const second = 1000;
/** Any moment of three leap years and the years around them, to the second. */
const moment = fc
  .integer({ min: Date.parse('2023-01-01T00:00:00Z') / second, max: Date.parse('2033-01-01T00:00:00Z') / second })
  .map((at) => at * second);
const days = fc.integer({ min: 1, max: 1000 });
const at = (milliseconds: number) => known(instant(milliseconds) ?? '');
const quiet = { until: absent() };

const limits: readonly (readonly [name: string, judge: (limit: string, since: number, now: number) => string])[] = [
  ['rotation.maxAge', (limit, since, now) => rotation.test({ maxAge: limit })(subject(key({ rotatedAt: at(since) })), now).outcome],
  ['usage.dormantAfter', (limit, since, now) => usage.test({ dormantAfter: limit })(subject(key({ lastUsedAt: at(since) })), now).outcome],
  [
    'usage.neverUsedAfter',
    (limit, since, now) => usage.test({ neverUsedAfter: limit })(subject(key({ createdAt: at(since), lastUsedAt: absent() })), now).outcome,
  ],
  [
    'expiry.compensated',
    (limit, since, now) => expiry.test({ compensated: limit })(subject(key({ expiresAt: absent(), rotatedAt: at(since) })), now).outcome,
  ],
  [
    'expiry.maxLifetime',
    (limit, since, now) =>
      expiry.test({ maxLifetime: limit })(
        subject(key({ notBefore: at(since), rotatedAt: unknown('not-offered'), expiresAt: at(now) })),
        now,
      ).outcome,
  ],
  [
    'quarantine.deadline',
    (limit, since, now) =>
      quarantine.test({ deadline: limit })(subject(key({ status: 'inactive' }), { quarantine: { since: at(since), ...quiet } }), now)
        .outcome,
  ],
  [
    'revocation.restorable',
    (limit, since, now) =>
      revocation.test({ restorable: limit })(subject(key({ status: 'deleted-recoverable', statusSince: at(since) })), now).outcome,
  ],
];

test.each(limits)('%s: exactly at the limit passes, a second past it fails, whatever the calendar', (_, judge) => {
  fc.assert(
    fc.property(moment, days, (since, count) => {
      const limit = `${String(count)}d`;
      const end = since + count * day;
      expect([judge(limit, since, end - second), judge(limit, since, end), judge(limit, since, end + second)]).toEqual([
        'pass',
        'pass',
        'fail',
      ]);
    }),
  );
});

test.each(limits)('%s: a moment ahead of the clock is within every limit', (_, judge) => {
  fc.assert(
    fc.property(
      moment,
      days,
      fc.integer({ min: 1, max: 10_000 }),
      (now, count, ahead) => judge(`${String(count)}d`, now + ahead * second, now) === 'pass',
    ),
  );
});

test('29 February is a day like others', () => {
  const judge = (since: string, now: string) =>
    rotation.test({ maxAge: '365d' })(subject(key({ rotatedAt: known(since) })), Date.parse(now)).outcome;
  expect(judge('2028-02-29T00:00:00Z', '2029-02-28T00:00:00Z')).toBe('pass');
  expect(judge('2028-02-29T00:00:00Z', '2029-02-28T00:00:01Z')).toBe('fail');
  expect(judge('2028-02-28T00:00:00Z', '2029-02-28T00:00:00Z')).toBe('fail');
});

test('the same moment written with any offset is the same moment', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: -14 * 4, max: 14 * 4 }), (since, quarters) => {
      const minutes = Math.abs(quarters) * 15;
      const pad = (value: number) => String(value).padStart(2, '0');
      const local = new Date(since + quarters * 15 * 60_000).toISOString().slice(0, 19);
      const written = `${local}${quarters < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
      expect(instant(written)).toBe(instant(since));
    }),
  );
});
