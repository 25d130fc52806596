import { expect, test } from 'vitest';
import type { Reason } from '../../src/model/reason.ts';
import { sentence } from '../../src/report/wording.ts';

const day = 86_400_000;
const at = '2026-11-01T00:00:00Z';
const trust = { issuer: 'https://gitlab.com', subject: '' };

const sentences: readonly (readonly [Reason, string])[] = [
  [
    { code: 'rotation-unfinished', newer: 'key-2', since: at, limit: '14d', past: 6 * day },
    'overdue by 6 days: key-2 came 2026-11-01 to replace it and was never used, limit 14d',
  ],
  [
    { code: 'rotation-unfinished', newer: 'key-2', since: at, limit: '14d', past: 6 * day, used: '2026-11-20T00:00:00Z' },
    'overdue by 6 days: key-2 came 2026-11-01 to replace it and this one was still used 2026-11-20, limit 14d',
  ],
  [
    { code: 'endless-not-renewed', fact: 'rotatedAt', observed: at, limit: '90d', past: day },
    'never expires, and its renewal is overdue by 1 day: last rotated 2026-11-01, limit 90d',
  ],
  [
    { code: 'used-after-superseded', observed: '2026-11-20T00:00:00Z', newer: 'key-2', since: at, limit: '7d', past: 12 * day },
    'used 2026-11-20, 12 days past 7d after key-2 came to replace it (2026-11-01)',
  ],
  [
    { code: 'only-control', role: 'any', ref: 'sam', by: 'application owner' },
    'sam can change it (application owner); nobody answers for it',
  ],
  [
    {
      code: 'owners-disagree',
      role: 'technical',
      claims: [
        { ref: 'priya', by: 'tag owner' },
        { ref: 'jonas', by: 'workload checkout' },
      ],
    },
    'technical owner is disputed: priya (tag owner), jonas (workload checkout)',
  ],
  [{ code: 'identity-gone' }, 'the identity that it belongs to is gone'],
  [{ code: 'identity-gone', ref: 'bot', status: 'deleted-recoverable' }, 'the identity that it belongs to, bot, is deleted-recoverable'],
  [{ code: 'outlives-identity', ref: 'bot', status: 'inactive', worksOn: true }, 'still active while bot is inactive: it goes on working'],
  [
    { code: 'key-in-places', limit: 1, others: 7, places: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ kind: 'k', scope: 's', name })) },
    'the same key is k a of s, k b of s, k c of s, k d of s, k e of s and 2 more',
  ],
  [{ code: 'several-workloads', limit: 1, observed: ['a', 'b'] }, 'used by 2: a, b'],
  [{ code: 'privilege-above', observed: 'admin', limit: 'read', because: ['iam:*'] }, 'reaches admin (iam:*), limit read'],
  [{ code: 'privilege-drift', observed: 'write', declared: 'read', because: [] }, 'reaches write, declared read'],
  [{ code: 'trust-unbounded', ...trust }, 'trusts any subject of https://gitlab.com, which anybody can be'],
  [
    { code: 'not-seen', state: 'denied', why: 'permission-denied', requires: ['iam:ListUsers'] },
    'denied: permission denied; it takes iam:ListUsers',
  ],
  [{ code: 'waiver-ends-soon', observed: at, left: 3 * day, limit: '14d' }, 'runs out in 3 days (2026-11-01)'],
  [{ code: 'expression-false', expression: 'subject.age <\n  days(3)' }, 'it is not so that subject.age < days(3)'],
];

test.each(sentences)('%j', (reason, expected) => {
  expect(sentence(reason)).toBe(expected);
});
