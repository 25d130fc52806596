import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimBehind, demandsOf } from '../../../connectors/gcp/attribute-condition.ts';

const mapping = {
  'google.subject': 'assertion.sub',
  'attribute.repo': 'assertion.repository',
  'attribute.team': "assertion.sub.extract('{team}/')",
};

describe('what an attribute condition certainly demands', () => {
  test.each<[string, Record<string, readonly string[]>]>([
    ["assertion.repository_owner == 'larkspur-foods'", { repository_owner: ['larkspur-foods'] }],
    ["'larkspur-foods/shop' == assertion.repository", { repository: ['larkspur-foods/shop'] }],
    ['assertion["repository"] == "larkspur-foods/shop"', { repository: ['larkspur-foods/shop'] }],
    ["(assertion.repository_owner == 'a') && (assertion.ref == 'refs/heads/main')", { repository_owner: ['a'], ref: ['refs/heads/main'] }],
    ["assertion.repository in ['a/b', 'a/c']", { repository: ['a/b', 'a/c'] }],
    ["assertion.repository == 'a/b' || assertion.repository == 'a/c'", { repository: ['a/b', 'a/c'] }],
    ["assertion.sub.startsWith('repo:a/')", { sub: ['repo:a/*'] }],
    ["google.subject == 'repo:a/b:ref:refs/heads/main'", { sub: ['repo:a/b:ref:refs/heads/main'] }],
    ["attribute.repo == 'a/b'", { repository: ['a/b'] }],
    ["assertion.sub == 'x && y'", { sub: ['x && y'] }],
    // Either may be true: nothing is certain of one claim.
    ["assertion.repository == 'a/b' || assertion.actor == 'c'", {}],
    ["assertion.repository != 'a/b'", {}],
    ["!(assertion.repository == 'a/b')", {}],
    ["assertion.repository == 'a/b' ? true : true", {}],
    ["attribute.team == 'data'", {}],
    ['assertion.sub.matches("repo:a/.*")', {}],
    ["assertion.repository in ['a/b', assertion.actor]", {}],
    ['', {}],
  ])('%s', (condition, expected) => {
    expect(Object.fromEntries(demandsOf(condition, mapping))).toEqual(expected);
  });

  test('law: any text is read without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => demandsOf(text, mapping).size >= 0));
  });

  test('an attribute that is computed has no claim behind it', () => {
    expect(claimBehind('attribute.team', mapping)).toBeUndefined();
    expect(claimBehind('attribute.unmapped', mapping)).toBeUndefined();
  });
});
