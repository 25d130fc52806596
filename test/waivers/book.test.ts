import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../src/model/duration.ts';
import { epoch, instant, instantOrDayEnd } from '../../src/model/instant.ts';
import type { Sources } from '../../src/model/source.ts';
import type { Waiver } from '../../src/model/waiver.ts';
import { openBook } from '../../src/waivers/book.ts';

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
    policyIds: new Set([policy, 'usage/dormant']),
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
    expect(book.find(policy, subject)).toEqual(covered ? { waiver: given, state: 'active' } : undefined);
    expect(book.states()).toEqual([{ waiver: given, state: covered ? 'active' : 'unmatched' }]);
  });

  test('is covered by the waiver that runs longest, which leaves the others matched', () => {
    const [old, current, narrower] = [waiver({ id: 'old', expires: '2026-11-01T00:00:00Z' }), waiver({ id: 'new' }), narrow(['batch-*'])];
    const book = open([old, current, { ...narrower, id: 'narrow', expires: '2026-11-25T00:00:00Z' }]);
    expect(book.find(policy, subject)).toMatchObject({ waiver: { id: 'new' }, state: 'active' });
    expect(book.states().map(({ waiver: { id }, state }) => `${id} ${state}`)).toEqual(['old expired', 'new active', 'narrow active']);
  });

  test('comes back with the history of an expired waiver', () => {
    const expired = waiver({ expires: '2026-11-19T23:59:59.999Z' });
    const book = open([expired]);
    expect(book.find(policy, subject)).toEqual({ waiver: expired, state: 'expired' });
    expect(book.states()).toEqual([{ waiver: expired, state: 'expired', past: day + 1 }]);
  });

  test('is never covered by a waiver that may not count', () => {
    const book = open([waiver({ approver: 'tomas@larkspur.example' })]);
    expect(book.find(policy, subject)).toBeUndefined();
    expect(book.states()).toMatchObject([{ state: 'invalid' }]);
  });
});

describe('a waiver does not count', () => {
  const problem = (changes: Partial<Waiver>, context: Parameters<typeof open>[1] = {}) => {
    const [state] = open([waiver(changes)], context).states();
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
    expect(open([waiver({ expires: instantOrDayEnd(expires) ?? '' })]).states()).toMatchObject([{ state }]);
  });

  test('includes the whole of a day and nothing of the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 3 * day }), (days, offset) => {
        const granted = epoch('2026-01-01T00:00:00Z');
        const expires = instantOrDayEnd((instant(granted + days * day) ?? '').slice(0, 10)) ?? '';
        const at = granted + (days - 1) * day + offset;
        const [state] = open([waiver({ granted: '2026-01-01T00:00:00Z', expires })], { now: at }).states();
        expect(state?.state === 'expired').toBe(at >= granted + (days + 1) * day);
      }),
    );
  });

  test('is at most as many days after its start as are allowed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 80, max: 100 }), fc.integer({ min: 0, max: 400 }), (days, start) => {
        const granted = instant(epoch('2026-01-01T00:00:00Z') + start * day) ?? '';
        const expires = instantOrDayEnd((instant(epoch(granted) + days * day) ?? '').slice(0, 10)) ?? '';
        const [state] = open([waiver({ granted, expires })], { now: epoch(granted) }).states();
        expect(state?.state).toBe(days > 90 ? 'invalid' : 'unmatched');
      }),
    );
  });
});
