import { describe, expect, test } from 'vitest';
import { loadWaivers } from '../../src/waivers/load.ts';
import { mistakesOf } from '../sources/mistakes.ts';

const head = 'apiVersion: overdue/v1\nkind: WaiverFile\nwaivers:\n';
const good = {
  id: 'W-1',
  policy: 'rotation/long-lived-credential',
  subject: '{ id: AKIA1 }',
  reason: 'The vendor cannot rotate yet',
  requester: 'tomas',
  approver: 'dana',
  granted: '2026-10-01',
  expires: '2026-12-01',
};
const waiver = (changes: Readonly<Record<string, string | undefined>> = {}) =>
  Object.entries({ ...good, ...changes })
    .filter(([, value]) => value !== undefined)
    .map(([key, value], at) => `${at === 0 ? '  - ' : '    '}${key}: ${value ?? ''}\n`)
    .join('');
const load = (...entries: readonly string[]) => loadWaivers([{ file: 'waivers.yaml', text: `${head}${entries.join('')}` }]);

describe('a waiver file', () => {
  test('gives each waiver with the line it stands on', () => {
    const scoped = waiver({
      id: 'W-2',
      subject: '{ scope: account/1, kind: toy.key, names: ["batch-*"] }',
      ticket: 'T-1',
      compensatingControl: 'none',
    });
    expect(load(waiver(), scoped)).toEqual([
      {
        id: 'W-1',
        policy: 'rotation/long-lived-credential',
        subject: { id: 'AKIA1' },
        reason: 'The vendor cannot rotate yet',
        requester: 'tomas',
        approver: 'dana',
        granted: '2026-10-01T00:00:00Z',
        expires: '2026-12-01T23:59:59.999Z',
        source: 'waivers.yaml:4',
      },
      expect.objectContaining({
        id: 'W-2',
        subject: { scope: 'account/1', kind: 'toy.key', names: ['batch-*'] },
        ticket: 'T-1',
        compensatingControl: 'none',
        source: 'waivers.yaml:12',
      }),
    ]);
  });

  test('may hold none', () => {
    expect(loadWaivers([{ file: 'waivers.yaml', text: `${head.trim()} []\n` }])).toEqual([]);
  });

  test('takes moments to the second, in any zone', () => {
    expect(load(waiver({ granted: '2026-10-01T12:00:00+02:00', expires: '2026-10-01T12:00:00Z' }))).toMatchObject([
      { granted: '2026-10-01T10:00:00Z', expires: '2026-10-01T12:00:00Z' },
    ]);
  });

  test('may run for one day', () => {
    expect(load(waiver({ granted: '2026-10-01', expires: '2026-10-01' }))).toHaveLength(1);
  });
});

describe('a mistake', () => {
  test.each([
    ['no end', { expires: undefined }],
    ['an empty end', { expires: '' }],
    ['a day that does not exist', { expires: '2026-02-30' }],
    ['a word for an end', { expires: 'never' }],
    ['a bare *', { subject: '{ scope: account/1, kind: toy.key, names: ["*"] }' }],
    ['only wildcards', { subject: '{ scope: account/1, kind: toy.key, names: ["**-*"] }' }],
    ['no names', { subject: '{ scope: account/1, kind: toy.key, names: [] }' }],
    ['half a scope', { subject: '{ scope: account/1 }' }],
    ['an id and a scope', { subject: '{ id: AKIA1, scope: account/1 }' }],
    ['no subject', { subject: undefined }],
    ['a subject that is text', { subject: 'AKIA1' }],
    ['hardly a reason', { reason: 'because' }],
    ['blanks for a reason', { reason: '"               "' }],
    ['a key of its own', { aprover: 'dana' }],
    ['an end before its start', { granted: '2026-12-02' }],
  ])('is told for %s', (_, changes) => {
    expect(mistakesOf(() => load(waiver(changes)))).toMatchSnapshot();
  });

  test('is told for every waiver at once, over all files', () => {
    const files = [
      { file: 'a.yaml', text: `${head}${waiver({ reason: 'no' })}` },
      { file: 'b.yaml', text: `${head}${waiver({ expires: undefined })}` },
    ];
    expect(mistakesOf(() => loadWaivers(files))).toMatchInlineSnapshot(`
      "waivers-invalid
      a.yaml:7:13: waivers[0].reason is not a reason of ten characters or more: \`no\` (such as Vendor batch job cannot reload keys before release 8.2)
      b.yaml:4:5: \`expires\` is missing in waivers[0]"
    `);
  });

  test('is told for an id that two files use', () => {
    const files = ['a.yaml', 'b.yaml'].map((file) => ({ file, text: `${head}${waiver()}` }));
    expect(mistakesOf(() => loadWaivers(files))).toMatchInlineSnapshot(`
      "waivers-invalid
      b.yaml:4:9: waiver W-1 is already at a.yaml:4 (give it an id of its own; overdue waivers renew gives a waiver more time)"
    `);
  });
});
