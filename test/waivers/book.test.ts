import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../src/model/duration.ts';
import { epoch, instant, instantOrDayEnd } from '../../src/model/instant.ts';
import type { Sources } from '../../src/model/source.ts';
import type { Coverage } from '../../src/model/coverage.ts';
import type { Waiver, WaiverTerms } from '../../src/model/waiver.ts';
import { openBook } from '../../src/waivers/book.ts';
import { openSight } from '../../src/waivers/sight.ts';

const all = () => undefined;

const now = '2026-11-21T00:00:00Z';
const policy = 'rotation/long-lived-credential';
const subject = { id: 'AKIA1', kind: 'toy.key', scope: 'account/1', name: 'batch-7' };
const people: NonNullable<Sources['people']> = {
  file: 'people.csv',
  complete: true,
  rows: 3,
  entries: [
    { id: 'E1', email: 'dana@larkspur.example', status: 'active', aliases: ['gh:dana'], source: 'people.csv:2' },
    { id: 'E2', email: 'lee@larkspur.example', status: 'terminated', aliases: [], source: 'people.csv:3' },
    { id: 'E4', email: 'tomas@larkspur.example', status: 'active', aliases: ['gh:tlind'], source: 'people.csv:4' },
  ],
};
const waiver = (changes: Partial<Waiver> = {}): Waiver => ({
  id: 'W-1',
  policy,
  subject: { id: 'AKIA1' },
  reason: 'The vendor cannot rotate yet',
  requester: 'tomas@larkspur.example',
  approver: 'dana@larkspur.example',
  granted: '2026-10-01T00:00:00Z',
  expires: '2026-12-01T23:59:59.999Z',
  source: 'waivers.yaml:4',
  ...changes,
});
const open = (waivers: readonly Waiver[], changes: Partial<Parameters<typeof openBook>[1]> = {}) =>
  openBook(waivers, {
    sources: { people },
    now: epoch(now),
    maxDuration: '90d',
    policies: new Map([
      [policy, undefined],
      ['usage/dormant', undefined],
    ]),
    ...changes,
  });

describe('a finding', () => {
  const narrow = (names: readonly string[], more: object = {}) =>
    waiver({ subject: { scope: 'account/1', kind: 'toy.key', names, ...more } });
  test.each([
    ['its id', waiver(), true],
    ['its id and kind', waiver({ subject: { id: 'AKIA1', kind: 'toy.key' } }), true],
    ['its id and another kind', waiver({ subject: { id: 'AKIA1', kind: 'toy.secret' } }), false],
    ['another id', waiver({ subject: { id: 'AKIA2' } }), false],
    ['its id in another case', waiver({ subject: { id: 'akia1' } }), false],
    ['another policy', waiver({ policy: 'usage/dormant' }), false],
    ['its name', narrow(['other', 'batch-7']), true],
    ['the start of its name', narrow(['batch-*']), true],
    ['another name', narrow(['batch-8']), false],
    ['its name in another scope', narrow(['batch-7'], { scope: 'account/2' }), false],
    ['its name among another kind', narrow(['batch-7'], { kind: 'toy.secret' }), false],
  ])('by %s', (_, given, covered) => {
    const book = open([given]);
    expect(book.settle(policy, subject, 'fail')).toEqual(covered ? { waiver: given, state: 'active' } : undefined);
    expect(book.states(all)).toEqual([{ waiver: given, state: covered ? 'active' : 'unmatched' }]);
  });

  test('is covered by the waiver that runs longest, which leaves the others matched', () => {
    const [old, current, narrower] = [waiver({ id: 'old', expires: '2026-11-01T00:00:00Z' }), waiver({ id: 'new' }), narrow(['batch-*'])];
    const book = open([old, current, { ...narrower, id: 'narrow', expires: '2026-11-25T00:00:00Z' }]);
    expect(book.settle(policy, subject, 'fail')).toMatchObject({ waiver: { id: 'new' }, state: 'active' });
    expect(book.states(all).map(({ waiver: { id }, state }) => `${id} ${state}`)).toEqual(['old expired', 'new active', 'narrow active']);
  });

  test('comes back with the history of an expired waiver', () => {
    const expired = waiver({ expires: '2026-11-19T23:59:59.999Z' });
    const book = open([expired]);
    expect(book.settle(policy, subject, 'fail')).toEqual({ waiver: expired, state: 'expired' });
    expect(book.states(all)).toEqual([{ waiver: expired, state: 'expired', past: day + 1 }]);
  });

  test('is never covered by a waiver that may not count', () => {
    const book = open([waiver({ approver: 'tomas@larkspur.example' })]);
    expect(book.settle(policy, subject, 'fail')).toBeUndefined();
    expect(book.states(all)).toMatchObject([{ state: 'invalid' }]);
  });
});

describe('a waiver of a policy that the run does not judge by', () => {
  const others = { notInForce: new Set(['expiry/no-expiry']) };
  test('is no mistake, and nobody says that it covers nothing', () => {
    const given = waiver({ policy: 'expiry/no-expiry' });
    expect(open([given], others).states(all)).toEqual([{ waiver: given, state: 'not-in-force' }]);
  });

  test('is one where nobody has such a policy, or where it could never count', () => {
    expect(open([waiver({ policy: 'expiry/no-expirie' })], others).states(all)).toMatchObject([{ state: 'invalid' }]);
    expect(open([waiver({ policy: 'expiry/no-expiry', granted: '2026-01-01T00:00:00Z' })], others).states(all)).toMatchObject([
      { state: 'invalid' },
    ]);
    expect(open([waiver({ policy: 'expiry/no-expiry', expires: '2026-11-19T23:59:59.999Z' })], others).states(all)).toMatchObject([
      { state: 'expired' },
    ]);
  });
});

describe('a waiver does not count', () => {
  const problem = (changes: Partial<Waiver>, context: Parameters<typeof open>[1] = {}) => {
    const [state] = open([waiver(changes)], context).states(all);
    return state?.state === 'invalid' ? state.problem : state?.state;
  };

  test.each([
    ['that runs too long', { granted: '2026-09-01T00:00:00Z' }, 'it runs for 91 days, longer than 90d'],
    [
      'that runs a second too long',
      { granted: '2026-09-02T00:00:00Z', expires: '2026-12-01T00:00:01Z' },
      'it runs for 90 days, longer than 90d',
    ],
    [
      'for a policy that is not there',
      { policy: 'rotation/long-lived-credentials' },
      `this run has no policy rotation/long-lived-credentials; did you mean ${policy}?`,
    ],
    ['whose approver asked for it', { approver: 'Tomas@larkspur.example' }, 'Tomas@larkspur.example cannot approve an own request'],
    ['whose approver asked for it under another name', { approver: 'gh:tlind' }, 'gh:tlind cannot approve an own request'],
    ['whose approver left', { approver: 'lee@larkspur.example' }, 'approver lee@larkspur.example is terminated (people.csv:3)'],
    [
      'whose approver nobody knows',
      { approver: 'who@larkspur.example' },
      'approver who@larkspur.example is not on the roster (people.csv)',
    ],
    ['that is not granted yet', { granted: '2026-11-22T00:00:00Z' }, 'it is granted only from 2026-11-22 on'],
  ])('%s', (_, changes, told) => {
    expect(problem(changes)).toBe(told);
  });

  test('whose approver only a stale roster confirms', () => {
    expect(problem({}, { sources: { people: { ...people, stale: 'people.csv is of 2026-01-01, older than 30d' } } })).toBe(
      'approver dana@larkspur.example cannot be confirmed: people.csv is of 2026-01-01, older than 30d',
    );
  });

  test('but without any roster the approver is taken at their word, though never for an own request', () => {
    expect(problem({}, { sources: {} })).toBe('unmatched');
    expect(problem({ approver: ' TOMAS@larkspur.example' }, { sources: {} })).toContain('own request');
  });

  test('and once expired it is only that', () => {
    expect(problem({ approver: 'lee@larkspur.example', expires: '2026-11-01T00:00:00Z' })).toBe('expired');
  });
});

describe('the end of a waiver', () => {
  test.each([
    ['2026-11-20', 'expired'],
    ['2026-11-21', 'unmatched'],
    ['2026-11-20T23:59:59Z', 'expired'],
    ['2026-11-21T00:00:00Z', 'unmatched'],
  ])('%s leaves it %s on 21 November', (expires, state) => {
    expect(open([waiver({ expires: instantOrDayEnd(expires) ?? '' })]).states(all)).toMatchObject([{ state }]);
  });

  test('includes the whole of a day and nothing of the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 3 * day }), (days, offset) => {
        const granted = epoch('2026-01-01T00:00:00Z');
        const expires = instantOrDayEnd((instant(granted + days * day) ?? '').slice(0, 10)) ?? '';
        const at = granted + (days - 1) * day + offset;
        const [state] = open([waiver({ granted: '2026-01-01T00:00:00Z', expires })], { now: at }).states(all);
        expect(state?.state === 'expired').toBe(at >= granted + (days + 1) * day);
      }),
    );
  });

  test('is at most as many days after its start as are allowed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 80, max: 100 }), fc.integer({ min: 0, max: 400 }), (days, start) => {
        const granted = instant(epoch('2026-01-01T00:00:00Z') + start * day) ?? '';
        const expires = instantOrDayEnd((instant(epoch(granted) + days * day) ?? '').slice(0, 10)) ?? '';
        const [state] = open([waiver({ granted, expires })], { now: epoch(granted) }).states(all);
        expect(state?.state).toBe(days > 90 ? 'invalid' : 'unmatched');
      }),
    );
  });
});

describe('a waiver of what was not found', () => {
  const expected = { connectors: ['toy'], surfaces: new Map([['toy.key', new Set(['toy.keys'])]]) };
  const row = (more: Partial<Coverage>): Coverage =>
    ({ record: 'coverage', connector: 'toy', scope: 'account/1', surface: 'toy.keys', count: 0, state: 'complete', ...more }) as Coverage;
  const denied = { state: 'denied', reason: 'permission-denied' } as const;
  const exact = waiver({ subject: { id: 'AKIA1', kind: 'toy.key' } });
  const anyKind = waiver();
  const narrow = waiver({ subject: { scope: 'account/1', kind: 'toy.key', names: ['batch-*'] } });

  test.each<[string, Waiver, readonly Coverage[], string]>([
    ['everywhere', exact, [row({})], 'unmatched'],
    ['where its kind is listed in part', exact, [row({ state: 'partial', reason: 'throttled' })], 'unseen'],
    ['where its kind is denied', exact, [row(denied)], 'unseen'],
    ['where its kind was left out', exact, [row({ state: 'skipped', reason: 'not-looked' })], 'unseen'],
    ['where its kind is off', exact, [row({ state: 'not-enabled', reason: 'not-enabled' })], 'unmatched'],
    ['where another kind is denied', exact, [row({}), row({ ...denied, surface: 'toy.tokens' })], 'unmatched'],
    ['by a connector that did not run', exact, [row({ ...denied, connector: 'other' })], 'unseen'],
    ['whatever its kind, with something denied', anyKind, [row({}), row({ ...denied, surface: 'toy.tokens' })], 'unseen'],
    ['whatever its kind, with a connector that did not run', anyKind, [row({ connector: 'other' })], 'unseen'],
    ['whatever its kind, everywhere', anyKind, [row({})], 'unmatched'],
    ['in a scope that is denied', narrow, [row(denied)], 'unseen'],
    ['in a scope with a part that is denied', narrow, [row({ ...denied, scope: 'account/1/eu-west-1' })], 'unseen'],
    [
      'in a part of a scope that is denied',
      waiver({ subject: { ...narrow.subject, scope: 'account/1/eu' } as never }),
      [row(denied)],
      'unseen',
    ],
    ['with another scope denied', narrow, [row({}), row({ ...denied, scope: 'account/12' })], 'unmatched'],
  ])('%s', (_, given, coverage, state) => {
    expect(open([given]).states(openSight(coverage, expected))).toMatchObject([{ state }]);
  });

  test('says what hides it', () => {
    expect(open([exact]).states(openSight([row(denied)], expected))).toMatchObject([
      { state: 'unseen', why: 'permission-denied', detail: 'toy.keys of account/1: denied' },
    ]);
  });

  test('is settled by the subject itself, wherever else nobody looked', () => {
    const book = open([exact, narrow]);
    book.settle(policy, subject, 'pass');
    expect(book.states(openSight([row(denied)], expected)).map(({ state }) => state)).toEqual(['unmatched', 'unseen']);
  });

  test('is not settled by a verdict that is unknown', () => {
    const book = open([exact]);
    expect(book.settle(policy, subject, 'unknown')).toBeUndefined();
    expect(book.states(all)).toMatchObject([{ state: 'unseen', detail: 'the verdict on what it names is unknown' }]);
  });

  test('covers a failure, whatever passed before or after', () => {
    const book = open([narrow]);
    for (const outcome of ['pass', 'fail', 'unknown', 'not-applicable'] as const) book.settle(policy, subject, outcome);
    expect(book.states(all)).toMatchObject([{ state: 'active' }]);
  });
});

describe('a policy', () => {
  const under = (terms: WaiverTerms, maxDuration = '90d') =>
    open([waiver({ granted: '2026-11-01T00:00:00Z', expires: '2026-12-01T23:59:59.999Z' })], {
      policies: new Map([[policy, terms]]),
      maxDuration,
    }).states(all);

  test.each<[string, WaiverTerms, string, string | undefined]>([
    ['may allow as much', { maxDuration: '30d' }, '90d', undefined],
    ['may allow less', { maxDuration: '29d' }, '90d', `it runs for 30 days, longer than 29d, which is all that ${policy} allows`],
    ['may allow none', 'none', '90d', `${policy} allows no waivers`],
    ['cannot allow more than the configuration', { maxDuration: '60d' }, '20d', 'it runs for 30 days, longer than 20d'],
  ])('%s', (_, terms, general, problem) => {
    expect(under(terms, general)).toMatchObject([problem === undefined ? { state: 'unmatched' } : { state: 'invalid', problem }]);
  });
});
