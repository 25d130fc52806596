import { describe, expect, test } from 'vitest';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Scope } from '../../src/model/scope.ts';
import { defaultConventions } from '../../src/reconcile/conventions.ts';
import { declaredPrivilegeOf, quarantineOf } from '../../src/reconcile/declared.ts';
import { environmentsOf } from '../../src/reconcile/environment.ts';
import { openPersonMatcher } from '../../src/reconcile/person-match.ts';
import { identityOf, key } from '../policy/subject.ts';

describe('environment', () => {
  const scope: Scope = {
    record: 'scope',
    id: 'a',
    provider: 'aws',
    name: 'larkspur-prod',
    tags: { env: 'prod' },
    evidence: [],
    details: {},
  };
  const of = (own: Readonly<Record<string, string>>, ofIdentity: Readonly<Record<string, string>> = {}) =>
    environmentsOf(key({ tags: own }), identityOf({ tags: ofIdentity }), [scope], defaultConventions.environment);

  test.each(['production', 'Prod', 'PRD', 'live'])('%s is production', (said) => {
    expect(of({ Environment: said })).toEqual([{ environment: 'production', said, by: 'tag Environment' }]);
  });

  test.each(['staging', 'dev', 'preproduction', 'non-prod'])('%s is not', (said) => {
    expect(of({ env: said })).toEqual([{ environment: 'non-production', said, by: 'tag env' }]);
  });

  test('one tag may name several, and the identity more', () => {
    expect(of({ stage: 'prod, dev' }, { env: 'test' }).map(({ said, by }) => `${said} by ${by}`)).toEqual([
      'prod by tag stage',
      'dev by tag stage',
      'test by tag env of user-1',
    ]);
  });

  test('the scope speaks only where nothing nearer does', () => {
    expect(of({})).toEqual([{ environment: 'production', said: 'prod', by: 'tag env of larkspur-prod' }]);
    expect(of({ env: 'dev' })).toHaveLength(1);
  });
});

describe('declared privilege', () => {
  const of = (own: Readonly<Record<string, string>>, ofIdentity: Readonly<Record<string, string>> = {}) =>
    declaredPrivilegeOf(key({ tags: own }), identityOf({ tags: ofIdentity }), defaultConventions.privilege);

  test('is a level, in any case, of the record before its identity', () => {
    expect(of({ Privilege: 'READ' }, { privilege: 'admin' })).toEqual(known('read'));
    expect(of({}, { privilege: 'admin' })).toEqual(known('admin'));
  });

  test('is absent where nobody declares one, and unknown where it is no level', () => {
    expect(of({})).toEqual(absent());
    expect(of({ privilege: 'lots' })).toMatchObject({ state: 'unknown', why: 'malformed-response' });
  });
});

describe('quarantine', () => {
  const of = (tags: Readonly<Record<string, string>>, statusSince: Fact<string> = unknown('not-offered')) =>
    quarantineOf(key({ tags, statusSince }), defaultConventions);

  test('is since when the provider says, whatever the tag says', () => {
    expect(of({ 'quarantined-at': '2026-11-01' }, known('2026-10-01T00:00:00Z')).since).toEqual(known('2026-10-01T00:00:00Z'));
  });

  test('is else since when the tag says; a bare date is its beginning, of a deadline its end', () => {
    expect(of({ 'quarantined-at': '2026-11-01', 'quarantine-until': '2026-12-01' })).toEqual({
      since: known('2026-11-01T00:00:00Z'),
      until: known('2026-12-01T23:59:59.999Z'),
    });
  });

  test('is unknown where nobody says, and where the tag is no date', () => {
    expect(of({}).since).toEqual(unknown('not-offered'));
    expect(quarantineOf(key(), defaultConventions).since, 'of a kind that never tells').toEqual(unknown('not-offered'));
    expect(of({ 'quarantine-until': 'soon' }).until).toMatchObject({ state: 'unknown', why: 'malformed-response' });
  });
});

describe('the person that an identity is', () => {
  const person = {
    id: 'E002',
    email: 'priya.nair@larkspur.example',
    status: 'active',
    aliases: ['gh:priya-larkspur'],
    source: 'people.csv:2',
  } as const;
  const roster = { file: 'people.csv', complete: true, rows: 1, entries: [person] };
  const find = openPersonMatcher(roster);

  test.each([
    ['by address', identityOf({ name: 'Priya.Nair@larkspur.example' }), known(person)],
    ['by id, where the name says nothing', identityOf({ id: 'priya.nair@larkspur.example', name: 'Priya' }), known(person)],
    ['by the login of its provider', { ...identityOf({ name: 'priya-larkspur' }), provider: 'github' }, known(person)],
    ['not, on a complete roster', identityOf({ name: 'nightly' }), absent()],
  ])('%s', (_, identity, expected) => {
    expect(find(identity, undefined)).toEqual(expected);
    expect(find(key(), identity)).toEqual(expected);
  });

  test('is unknown without a roster, on one that is not complete or too old, and where the identity was not seen', () => {
    const nobody = identityOf({ name: 'nightly' });
    expect(openPersonMatcher(undefined)(nobody, undefined)).toMatchObject({ why: 'no-source' });
    expect(openPersonMatcher({ ...roster, complete: false })(nobody, undefined)).toMatchObject({ why: 'not-in-source' });
    expect(openPersonMatcher({ ...roster, stale: 'old' })(identityOf({ name: 'E002' }), undefined)).toMatchObject({ why: 'stale' });
    expect(find(key(), undefined)).toMatchObject({ why: 'not-looked' });
  });
});
