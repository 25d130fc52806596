import { describe, expect, test } from 'vitest';
import { type Fact, absent, known, unknown } from '../../../src/model/fact.ts';
import type { PrivilegeLevel } from '../../../src/model/record.ts';
import { privilege } from '../../../src/policy/predicates/privilege.ts';
import { key, now, subject } from '../subject.ts';

type Row = readonly [name: string, given: Fact<PrivilegeLevel>, outcome: string];
type DeclaredRow = readonly [name: string, given: Fact<PrivilegeLevel>, declared: Fact<PrivilegeLevel>, outcome: string];
const refused = unknown('permission-denied');

describe('atMost', () => {
  const judge = privilege.test({ atMost: 'write' });
  test.each<Row>([
    ['admin', known('admin'), 'fail'],
    ['can make itself admin', known('escalation'), 'fail'],
    ['exactly the limit', known('write'), 'pass'],
    ['less', known('read'), 'pass'],
    ['nothing at all', absent(), 'pass'],
    ['nobody says', refused, 'unknown'],
  ])('%s', (_, given, outcome) => {
    expect(judge(subject(key({ privilege: given })), now).outcome).toBe(outcome);
  });

  test('the reason shows the first statements behind it', () => {
    const record = { ...key({ privilege: known('admin') }), privileges: ['iam:*', 's3:*', 'ec2:*', 'kms:*'] };
    expect(judge(subject(record), now)).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'privilege-above', observed: 'admin', limit: 'write', because: ['iam:*', 's3:*', 'ec2:*'] }],
    });
  });
});

describe('declared', () => {
  const judge = privilege.test({ declared: true });
  test.each<DeclaredRow>([
    ['as declared', known('read'), known('read'), 'pass'],
    ['less than declared', known('read'), known('admin'), 'pass'],
    ['more than declared', known('write'), known('read'), 'fail'],
    ['nothing is declared', known('admin'), absent(), 'not-applicable'],
    ['what is declared is no level', known('admin'), unknown('malformed-response'), 'unknown'],
    ['nobody says how far it reaches', refused, known('read'), 'unknown'],
    ['declared to reach nothing, and does', absent(), known('none'), 'pass'],
  ])('%s', (_, given, declaredPrivilege, outcome) => {
    expect(judge(subject(key({ privilege: given }), { declaredPrivilege }), now).outcome).toBe(outcome);
  });
});
