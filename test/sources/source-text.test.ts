import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../src/model/duration.ts';
import { epoch, instant } from '../../src/model/instant.ts';
import { sourceInfo } from '../../src/sources/source-text.ts';

const now = epoch('2026-11-21T00:00:00Z');
const file = (name: string, retrievedAt?: string) => ({ file: name, text: '', ...(retrievedAt === undefined ? {} : { retrievedAt }) });

describe('a source', () => {
  test.each([
    ['2026-10-22T00:00:00Z', undefined],
    ['2026-10-21T23:59:59.999Z', 'people.csv is of 2026-10-21, older than 30d'],
    ['2026-12-01T00:00:00Z', undefined],
    [undefined, 'nobody can say how old people.csv is, and only 30d are allowed'],
  ])('changed at %s and allowed 30d: %s', (retrievedAt, stale) => {
    expect(sourceInfo([file('people.csv', retrievedAt)], 1, { maxAge: '30d' }, now).stale).toBe(stale);
  });

  test('without a limit is never stale', () => {
    expect(sourceInfo([file('a.csv', '1999-01-01T00:00:00Z')], 1, {}, now)).toEqual({
      file: 'a.csv',
      complete: false,
      rows: 1,
      retrievedAt: '1999-01-01T00:00:00Z',
    });
  });

  test('is as old as its oldest file, and of no known age where one has none', () => {
    expect(sourceInfo([file('a', '2026-11-02T00:00:00Z'), file('b', '2026-11-01T00:00:00Z')], 2, {}, now)).toMatchObject({
      file: 'a, b',
      retrievedAt: '2026-11-01T00:00:00Z',
    });
    expect(sourceInfo([file('a', '2026-11-02T00:00:00Z'), file('b')], 2, {}, now)).not.toHaveProperty('retrievedAt');
  });

  test('of many files is named by the first of them', () => {
    const many = Array.from({ length: 300 }, (_, index) => file(`repository-${String(index)}/opslevel.yml`));
    expect(sourceInfo(many, 300, {}, now).file).toBe('repository-0/opslevel.yml and 299 more files');
  });

  test('turns stale past its limit, not at it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: -5, max: 5 }), (days, past) => {
        const retrievedAt = instant(now - days * day - past) ?? '';
        expect(sourceInfo([file('a', retrievedAt)], 1, { maxAge: `${String(days)}d` }, now).stale !== undefined).toBe(past > 0);
      }),
    );
  });
});
