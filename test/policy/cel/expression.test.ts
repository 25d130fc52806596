import { describe, expect, test } from 'vitest';
import { absent, known, unknown } from '../../../src/model/fact.ts';
import { conditionOf, mistakesInExpression } from '../../../src/policy/cel/expression.ts';
import { ago, ahead, held, key, kind, now, owner, subject, user } from '../subject.ts';

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const parameters = { rotationMaxAge: '90d', teams: ['platform', 'payments'], most: 3, strict: true, prefix: 'ci-' } as const;
const given = subject(
  key({
    name: 'ci-deploy',
    createdAt: ago('91d'),
    rotatedAt: ago('10d'),
    expiresAt: absent(),
    lastUsedAt: unknown('throttled', 'CloudTrail: throttled'),
    privilege: known('admin'),
    fingerprint: known('SHA256:abc'),
    consumers: known(['a', 'b']),
    tags: { env: 'prod' },
    trust: [{ issuer: 'https://gitlab.com', subject: '*', narrowedBy: ['claim'] }],
  }),
  {
    owners: [owner('lee', 'inactive', { status: 'terminated', person: 'E003' })],
    workload: known({ id: 'component:default/ci', name: 'ci', lifecycle: 'retired', source: 'catalog.yaml' }),
    vendor: known({ id: 'shipfast', name: 'ShipFast', endsAt: '2026-12-31T23:59:59.999Z', source: 'vendors.csv:4' }),
    environments: [{ environment: 'production', said: 'prod', by: 'tag env' }],
    declaredPrivilege: known('read'),
    siblings: [key({ id: 'key-2' })],
  },
);
const answer = (expression: string, to = given) => conditionOf(expression, 'credential', parameters)(to, now);

describe('an expression sees', () => {
  test.each([
    "subject.record == 'credential' && subject.kind == 'aws.iam_access_key' && subject.provider == 'aws'",
    "subject.name.startsWith(params.prefix) && subject.scope.contains('111122223333')",
    "subject.status == 'active' && subject.managedBy == 'customer'",
    "subject.privilege == 'admin' && subject.privilege != 'read' && subject.privilege in ['admin', 'escalation']",
    "subject.declaredPrivilege == 'read'",
    'subject.expiresAt == null && !(subject.expiresAt != null)',
    'subject.createdAt != null && subject.createdAt < now && now > subject.createdAt',
    'subject.age > params.rotationMaxAge && subject.age > days(90) && !(subject.age > days(91))',
    'now - subject.createdAt >= days(91)',
    'subject.valueAge <= days(10) && subject.rotatedAt > subject.createdAt',
    "subject.createdAt + days(91) == now && subject.createdAt == timestamp('2026-08-22T00:00:00Z')",
    'subject.timeLeft == null',
    "subject.fingerprint == 'SHA256:abc' && subject.fingerprint.value().startsWith('SHA256')",
    "'a' in subject.consumers && !('z' in subject.consumers) && subject.consumers.orValue([]).size() == 2",
    "'env' in subject.tags && subject.tags['env'] == 'prod' && subject.tags.?owner.orValue('none') == 'none'",
    "subject.owners.exists(o, o.state == 'inactive' && o.status == 'terminated' && o.person == 'E003' && !o.control)",
    "subject.owners.all(o, o.role == 'technical')",
    "subject.trust.exists(t, t.issuer.endsWith('gitlab.com') && t.audience == null && 'claim' in t.narrowedBy)",
    "subject.workload == 'component:default/ci' && subject.lifecycle == 'retired'",
    "subject.vendor == 'shipfast' && subject.vendorEndsAt > now",
    "subject.environments == ['production'] && 'production' in subject.environments",
    "subject.traits.rotation == 'replace' && subject.traits.actor == null",
    'subject.siblings == 1 && subject.siblings < params.most && params.strict',
    "subject.name.matches('^ci-[a-z]+$')",
  ])('%s', (expression) => {
    expect(mistakesInExpression(expression, 'credential', parameters)).toEqual([]);
    expect(answer(expression)).toBe(true);
  });

  test('identities and grants by their own fields', () => {
    const attached = user({ consumers: known(['x']) });
    expect(conditionOf("'x' in subject.consumers", 'identity', {})(attached, now)).toBe(true);
    expect(conditionOf('subject.identity == null', 'grant', {})(held(absent()), now)).toBe(true);
    expect(mistakesInExpression('subject.rotatedAt == null', 'identity', {})).toMatchObject([{ message: 'no such key: rotatedAt' }]);
    expect(mistakesInExpression('subject.permission == null', 'grant', {})).toEqual([]);
  });
});

describe('what is unknown', () => {
  const missing = [{ fact: 'lastUsedAt', why: 'throttled', detail: 'CloudTrail: throttled' }];
  test.each([
    ['subject.lastUsedAt == null', missing],
    ['subject.lastUsedAt != null', missing],
    ['!(subject.lastUsedAt == null)', missing],
    ['subject.lastUsedAt < now', missing],
    ['subject.idle > days(3)', missing],
    ['subject.lastUsedAt.orValue(now) == now', missing],
    ['subject.lastUsedAt == subject.createdAt', missing],
    ["subject.lastUsedAt == null || subject.name == 'other'", missing],
    ["subject.lastUsedAt == null && subject.name == 'ci-deploy'", missing],
    ["subject.name == 'ci-deploy' ? subject.lastUsedAt == null : true", missing],
    ["subject.lastUsedAt == null || subject.name == 'ci-deploy'", true],
    ["subject.name == 'ci-deploy' || subject.lastUsedAt == null", true],
    ["subject.lastUsedAt == null && subject.name == 'other'", false],
    ["subject.name == 'other' && subject.lastUsedAt == null", false],
    ["['x', 'ci-deploy'].exists(n, n == subject.name || subject.idle > days(3))", true],
  ])('%s', (expression, expected) => {
    expect(answer(expression)).toEqual(expected);
  });

  test.each([
    ['a status that nobody tells', subject(key({ status: 'unknown' })), "subject.status == 'active'", 'status'],
    [
      'owners that could not be read',
      subject({ ...key(), unknown: { owners: { why: 'throttled' } } }),
      'subject.owners.size() == 0',
      'owners',
    ],
    ['a workload without a registry', subject(key(), { workload: unknown('no-source') }), "subject.lifecycle == 'retired'", 'workload'],
    ['whether it is a person, without a roster', subject(key()), 'subject.person == null', 'person'],
  ] as const)('is also %s', (_, to, expression, fact) => {
    expect(answer(expression, to)).toMatchObject([{ fact }]);
  });
});

describe('what is absent', () => {
  test.each([
    ['equals null', 'subject.expiresAt == null', true],
    ['equals no value', "subject.expiresAt == timestamp('2026-01-01T00:00:00Z')", false],
    ['differs from every value', 'subject.expiresAt != now', true],
    ['is in no list', "subject.traits.actor in ['person', 'workload']", false],
    ['has no order, so it is asked for first', 'subject.expiresAt != null && subject.expiresAt < now', false],
    ['can be given a value', 'subject.expiresAt.orValue(now) == now', true],
  ])('%s', (_, expression, expected) => {
    expect(answer(expression)).toBe(expected);
  });

  test.each([
    ['subject.expiresAt < now', /absent was compared/],
    ['subject.expiresAt.value() < now', /absent was compared/],
    ["subject.tags['owner'] == 'x'", /No such key: owner/],
    ['1 / (subject.siblings - 1) == 1', /division by zero/],
  ])('%s has no answer', (expression, detail) => {
    expect(answer(expression)).toEqual([{ fact: 'cel', why: 'not-offered', detail: matching(detail) }]);
  });
});

describe('matches', () => {
  test('takes linear time', () => {
    const hostile = subject(key({ name: `${'a'.repeat(100_000)}!` }));
    const started = process.hrtime.bigint();
    expect(answer("subject.name.matches('(a+)+$')", hostile)).toBe(false);
    expect(Number(process.hrtime.bigint() - started)).toBeLessThan(5e9);
  });

  test('finds a part, as in CEL', () => {
    expect(answer("subject.name.matches('dep')")).toBe(true);
    expect(answer("subject.name.matches('^dep')")).toBe(false);
  });

  test('with a pattern from a fact that is none, it has no answer', () => {
    expect(answer('subject.id.matches(subject.name)', subject(key({ name: '(' })))).toEqual([
      { fact: 'cel', why: 'not-offered', detail: matching(/regexp/) },
    ]);
  });
});

describe('a mistake is found before anything is judged', () => {
  test.each([
    ['subjct.name == "x"', 'unknown variable: subjct', 'did you mean `subject`?', 0, 6],
    ['subject.expirsAt == null', 'no such key: expirsAt', 'did you mean `expiresAt`?', 8, 8],
    ['params.rotationMaxAg > days(1)', 'no such key: rotationMaxAg', 'did you mean `rotationMaxAge`?', 7, 13],
    ['dayz(3) > days(1)', "found no matching overload for 'dayz(int)'", 'did you mean `days`?', 0, 7],
    ["subject.name.startWith('x')", "found no matching overload for 'string.startWith(string)'", 'did you mean `startsWith`?', 0, 27],
    ['subject.name', 'must be a condition, not a string', undefined, 0, 12],
    ['subject.expiresAt', 'must be a condition, not a optional<timestamp>', undefined, 0, 17],
    ['subject.siblings == "x"', 'no such overload: int == string', undefined, 0, 23],
    ['subject.createdAt < "x"', 'no such overload: optional<timestamp> < string', undefined, 0, 23],
    ['subject.idle > days(2) && subject.idle', matching(/bool operands/), matching(/may be absent/), 0, 38],
    ['subject.name.matches(1) == true', "found no matching overload for 'string.matches(int)'", undefined, 0, 23],
    ["subject.name.matches('(?=x)')", matching(/\(\?=/), 'patterns are those of RE2', 21, 7],
    ['has(subject.expiresAt)', '`has` says nothing of a fact', 'ask `!= null`', 0, 22],
    ['subject.name ==', 'unexpected token: the end', undefined, 14, 1],
  ])('%s', (expression, message, hint, offset, length) => {
    const found = mistakesInExpression(expression, 'credential', parameters);
    expect(found).toEqual([{ message, ...(hint === undefined ? {} : { hint }), offset, length }]);
  });

  test.each([
    ['too long', Array.from({ length: 300 }, () => 'true').join(' && ')],
    ['nested too deeply', `${'('.repeat(60)}true${')'.repeat(60)}`],
    ['a list too long', `subject.name in [${Array.from({ length: 101 }, () => '"a"').join(', ')}]`],
  ])('%s', (_, expression) => {
    expect(mistakesInExpression(expression, 'credential', parameters)).toHaveLength(1);
  });
});

test('kinds say who is meant to act', () => {
  expect(answer("subject.traits.actor == 'person'", subject(key(), { kind: kind({ actor: 'person' }) }))).toBe(true);
});

test('an end ahead leaves time', () => {
  expect(answer('subject.timeLeft < days(30) && subject.expiresAt > now', subject(key({ expiresAt: ahead('29d') })))).toBe(true);
});
