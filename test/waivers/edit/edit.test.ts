import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withEntry } from '../../../src/waivers/edit/add.ts';
import { openPage } from '../../../src/waivers/edit/page.ts';
import { without } from '../../../src/waivers/edit/prune.ts';
import { type Renewal, renewed } from '../../../src/waivers/edit/renew.ts';
import { loadWaivers } from '../../../src/waivers/load.ts';
import type { WaiverEntry } from '../../../src/waivers/schema.ts';

const commented = `# yaml-language-server: $schema=./waivers.schema.json
# Reviewed each month.

apiVersion:   overdue/v1     # the first version
kind: WaiverFile
waivers:   # newest last

  # --- platform ---

  # Asked for in the March review.
  - id: W-1   # the first
    policy: 'rotation/long-lived-credential'
    subject: {id: "AKIA1",   kind: toy.key}   # one key
    reason: >
      The vendor cannot
      rotate yet
    # who asked
    requester: tomas
    approver:  dana      # by mail

    granted: 2026-09-05
    expires: '2026-11-30'   # the whole day
    # until the release

  # --- data ---
  - id: "W-2"
    policy: usage/dormant
    subject:
      scope: account/1
      kind: toy.key
      names:
        - "batch-*"
        - loader     # the old one
    reason: 'It''s used once a quarter'
    requester: tomas
    approver: dana
    granted: 2026-09-05
    expires: 2026-10-01
# the end
`;
const entry: WaiverEntry = {
  id: 'W-3',
  policy: 'usage/dormant',
  subject: { id: 'AKIA9', kind: 'toy.key' },
  reason: 'Kept for the audit: it ends in March',
  requester: 'tomas',
  approver: 'dana',
  granted: '2026-11-21',
  expires: '2026-12-31',
};
const renewal: Renewal = { approver: 'priya', granted: '2026-11-21', expires: '2027-01-31' };
const page = (text: string) => openPage('waivers.yaml', text);
const load = (text: string) => loadWaivers([{ file: 'waivers.yaml', text }]);
/** The lines that a change takes away and puts in. */
const difference = (before: string, after: string) => {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) };
};

describe('a waiver that is added', () => {
  test('comes last, indented as the others, and nothing else changes', () => {
    const after = withEntry(page(commented), entry);
    expect(after.replace(commented.slice(0, commented.indexOf('# the end')), '')).toMatchInlineSnapshot(`
      "
        - id: W-3
          policy: usage/dormant
          subject: { id: AKIA9, kind: toy.key }
          reason: "Kept for the audit: it ends in March"
          requester: tomas
          approver: dana
          granted: 2026-11-21
          expires: 2026-12-31
      # the end
      "
    `);
    expect(load(after).at(-1)).toMatchObject({ id: 'W-3', subject: { id: 'AKIA9' }, reason: entry.reason });
  });

  test.each([
    [
      'an empty list',
      'apiVersion: overdue/v1\nkind: WaiverFile\nwaivers: []   # none yet\n# end\n',
      'waivers:   # none yet\n  - id: W-3\n',
    ],
    ['a list at the margin', `${head()}-   id: W-1\n${body(4)}`, '\n\n-   id: W-3\n    policy: usage/dormant\n'],
    ['a file without a last line end', `${head()}  - id: W-1\n${body(4)}`.trimEnd(), '\n\n  - id: W-3\n'],
    ['a list whose items stand close', `${head()}  - id: W-1\n${body(4)}  - id: W-2\n${body(4)}`, '2026-12-01\n  - id: W-3\n'],
    [
      'line ends of Windows',
      `${head()}  - id: W-1\n${body(4)}`.replaceAll('\n', '\r\n'),
      '\r\n\r\n  - id: W-3\r\n    policy: usage/dormant\r\n',
    ],
  ])('fits %s', (_, text, expected) => {
    const after = withEntry(page(text), entry);
    expect(after).toContain(expected);
    expect(load(after)).toHaveLength(load(text).length + 1);
  });

  test('fits a list in one line, which is then written anew with its comments', () => {
    const text = `# top\n${head().trimEnd()} [{ id: W-1, ${body(0).trim().replaceAll('\n', ', ')} }] # all\n`;
    const after = withEntry(page(text), entry);
    expect(load(after).map(({ id }) => id)).toEqual(['W-1', 'W-3']);
    expect(after).toContain('# top');
    expect(after).toContain('# all');
  });
});

describe('a waiver that is renewed', () => {
  test('keeps its comments, its quoting and its former grant', () => {
    expect(difference(commented, renewed(page(commented), 'W-1', renewal))).toEqual({
      // `granted: 2026-09-05` still stands in the other waiver.
      gone: ['    approver:  dana      # by mail', "    expires: '2026-11-30'   # the whole day"],
      come: [
        '    approver:  priya      # by mail',
        '    granted: 2026-11-21',
        "    expires: '2027-01-31'   # the whole day",
        '    renewals: 1',
        '    former:',
        '      - { requester: tomas, approver: dana, granted: 2026-09-05, expires: 2026-11-30 }',
      ],
    });
  });

  test('counts on, and adds to what is already there', () => {
    const once = renewed(page(commented), 'W-2', renewal);
    const twice = renewed(page(once), 'W-2', {
      ...renewal,
      granted: '2027-01-20',
      expires: '2027-03-01',
      reason: 'Still used once a quarter',
      ticket: 'T-9',
    });
    expect(difference(once, twice).come).toEqual([
      "    reason: 'Still used once a quarter'",
      '    granted: 2027-01-20',
      '    expires: 2027-03-01',
      '    renewals: 2',
      "      - { requester: tomas, approver: priya, granted: 2026-11-21, expires: 2027-01-31, reason: It's used once a quarter }",
      '    ticket: T-9',
    ]);
    expect(load(twice).at(-1)).toMatchObject({
      renewals: 2,
      former: [{ approver: 'dana' }, { approver: 'priya', reason: "It's used once a quarter" }],
    });
  });

  test('may get a new reason in place of one over several lines', () => {
    const after = renewed(page(commented), 'W-1', { ...renewal, reason: 'The vendor needs until release 9' });
    expect(after).toContain('    reason: The vendor needs until release 9\n    # who asked\n');
  });

  test('that shares a value with another is changed without changing the other', () => {
    const text = `${head()}  - id: W-1\n${body(4).replace('granted: 2026-10-01', 'granted: &day 2026-10-01')}  - id: W-2\n${body(4).replace('2026-10-01', '*day')}`;
    expect(() => renewed(page(text), 'W-1', renewal)).toThrow('cannot be changed without risk');
    expect(load(renewed(page(text), 'W-2', renewal)).map(({ granted }) => granted)).toEqual([
      '2026-10-01T00:00:00Z',
      '2026-11-21T00:00:00Z',
    ]);
  });

  test('that nobody knows is told', () => {
    expect(() => renewed(page(commented), 'W-9', renewal)).toThrow('no waiver W-9 in waivers.yaml');
  });
});

describe('a waiver that is pruned', () => {
  test('takes its own comments with it, not the headings', () => {
    expect(without(page(commented), new Set(['W-1']))).toBe(
      commented.slice(0, commented.indexOf('  # Asked')) + commented.slice(commented.indexOf('  # --- data')),
    );
  });

  test('leaves the end of the file', () => {
    const after = without(page(commented), new Set(['W-2']));
    expect(commented.startsWith(after.slice(0, after.indexOf('# the end')))).toBe(true);
    expect(after.endsWith('# the end\n')).toBe(true);
    expect(load(after).map(({ id }) => id)).toEqual(['W-1']);
  });

  test('leaves a list when it was the last', () => {
    const after = without(page(commented), new Set(['W-1', 'W-2']));
    expect(after).toContain('waivers: []   # newest last');
    expect(load(after)).toEqual([]);
  });
});

test('an entry that others refer to cannot be pruned', () => {
  const text = `${head()}  - id: W-1\n${body(4).replace('granted: 2026-10-01', 'granted: &day 2026-10-01')}  - id: W-2\n${body(4).replace('2026-10-01', '*day')}`;
  expect(() => without(page(text), new Set(['W-1']))).toThrow('cannot be changed without risk');
});

test('whatever is added, renewed and pruned, the file says the rest as before', () => {
  const text = fc.string({ minLength: 1, maxLength: 12 }).map((value) => `${value} and ten more`);
  const id = fc.integer({ min: 3, max: 99 });
  fc.assert(
    fc.property(text, id, fc.string({ minLength: 1 }), (reason, number, subject) => {
      const added = withEntry(page(commented), { ...entry, id: `W-${String(number)}`, reason, subject: { id: subject } });
      const later = renewed(page(added), `W-${String(number)}`, { ...renewal, reason: `${reason}!` });
      expect(load(added).at(-1)).toMatchObject({ reason: reason.trim(), subject: { id: subject } });
      expect(load(later).at(-1)).toMatchObject({ reason: `${reason}!`.trim(), former: [{ reason: reason.trim() }] });
      expect(without(page(later), new Set([`W-${String(number)}`]))).toBe(commented);
    }),
  );
});

function head(): string {
  return 'apiVersion: overdue/v1\nkind: WaiverFile\nwaivers:\n';
}

function body(column: number): string {
  return (
    'policy: usage/dormant\nsubject: { id: AKIA1 }\nreason: The vendor cannot rotate yet\nrequester: tomas\napprover: dana\ngranted: 2026-10-01\nexpires: 2026-12-01\n'
      .replaceAll(/^/gm, ' '.repeat(column))
      .trimEnd() + '\n'
  );
}
