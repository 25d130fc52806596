import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStatements } from '../../../connectors/aws/policy-statement.ts';
import { type Holding, privilegeOf, privilegeWithin } from '../../../connectors/aws/privilege.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';
import { privilegeLevels } from '../../../src/model/record.ts';

type Written = { readonly Effect?: string; readonly [element: string]: unknown };

function statements(...written: readonly Written[]) {
  return parseStatements(JSON.stringify({ Statement: written.map((each) => ({ Effect: 'Allow', Resource: '*', ...each })) }), 'p');
}
function holding(...written: readonly Written[]): Holding {
  return { statements: statements(...written), named: [] };
}
const level = (...written: readonly Written[]) => privilegeOf(holding(...written)).level;

describe('an identity is an administrator', () => {
  test.each([
    ['everything', { Action: '*' }],
    ['everything of every service', { Action: '*:*' }],
    ['everything of IAM', { Action: ['iam:*'] }],
    ['everything of IAM in another letter case', { Action: 'IAM:*' }],
    ['all but S3', { NotAction: 's3:*' }],
    ['everything, when a second factor was shown', { Action: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
    ['everything on all but one resource', { Action: '*', Resource: undefined, NotResource: 'arn:aws:s3:::x' }],
    ['everything on everything of the account', { Action: '*', Resource: 'arn:aws:iam::111122223333:*' }],
  ] satisfies [string, Written][])('that may do %s', (_what, statement) => {
    expect(level(statement)).toBe('admin');
  });

  test('also by statements that do it together', () => {
    expect(level({ Action: 'iam:*Policy*' }, { Action: ['iam:*User*', 'iam:*AccessKey', 'iam:*LoginProfile', 'iam:*SAML*'] })).toBe(
      'admin',
    );
  });
});

describe('an identity can rise', () => {
  test.each([
    ['attach policies to users', [{ Action: 'iam:AttachUserPolicy' }]],
    ['write policies of roles, by a pattern', [{ Action: 'iam:Put*Policy' }]],
    ['make keys of others', [{ Action: 'iam:CreateAccessKey', Resource: 'arn:aws:iam::111122223333:user/*' }]],
    ['pass any role to a function', [{ Action: ['iam:PassRole', 'lambda:CreateFunction'] }]],
    [
      'pass any role to one service',
      [{ Action: ['iam:PassRole', 'ec2:*'], Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }],
    ],
    ['act as any role', [{ Action: 'sts:AssumeRole' }]],
    ['change the code of functions', [{ Action: 'lambda:*' }]],
    ['do all but IAM', [{ NotAction: ['iam:*', 'organizations:*', 'account:*'] }]],
    ['do everything but make keys', [{ Action: '*' }, { Effect: 'Deny', Action: 'iam:CreateAccessKey' }]],
  ] satisfies [string, Written[]][])('that may %s', (_what, written) => {
    const { level: found, because } = privilegeOf(holding(...written));
    expect(found).toBe('escalation');
    expect(because[0]).toMatch(/^p: /);
  });

  test('and it says by which way', () => {
    expect(privilegeOf(holding({ Action: ['iam:PassRole', 'lambda:CreateFunction'] })).because).toEqual([
      'p: iam:PassRole and lambda:CreateFunction on every resource: may start a workload with a role of its choice',
    ]);
  });
});

describe('an identity writes', () => {
  test.each([
    ['objects', { Action: 's3:PutObject', Resource: 'arn:aws:s3:::x/*' }],
    ['and passes one named role', { Action: ['iam:PassRole', 'lambda:CreateFunction'], Resource: 'arn:aws:iam::111122223333:role/one' }],
    ['keys of its own', { Action: 'iam:*AccessKey*', Resource: 'arn:aws:iam::*:user/${aws:username}' }],
    ['roles of one name', { Action: 'iam:PutRolePolicy', Resource: 'arn:aws:iam::*:role/app-*' }],
    [
      'commands of one sort on every instance',
      { Action: 'ssm:SendCommand', Resource: ['arn:aws:ec2:*:*:instance/*', 'arn:aws:ssm:*:*:document/AWS-Patch'] },
    ],
    ['whatever a pattern may mean', { Action: 'ec2:D*' }],
    ['acting as one role', { Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::444455556666:role/one' }],
  ] satisfies [string, Written][])('%s', (_what, statement) => {
    expect(level(statement)).toBe('write');
  });
});

describe('an identity reads', () => {
  test.each([
    ['by verbs', [{ Action: ['s3:Get*', 's3:List*', 'ec2:Describe*', 'dynamodb:Query', 'kms:Decrypt'] }]],
    ['where all writing is denied', [{ Action: ['s3:Get*', 's3:Put*'] }, { Effect: 'Deny', Action: 's3:Put*' }]],
    ['where all but reading is denied', [{ Action: 's3:*' }, { Effect: 'Deny', NotAction: 's3:Get*' }]],
  ] satisfies [string, Written[]][])('%s', (_what, written) => {
    expect(level(...written)).toBe('read');
  });
});

describe('an identity can do nothing', () => {
  test.each([
    ['without a policy', []],
    ['where everything is denied', [{ Action: '*' }, { Effect: 'Deny', Action: '*' }]],
    ['by a statement without effect', [{ Effect: 'allow', Action: '*' }]],
  ] satisfies [string, Written[]][])('%s', (_what, written) => {
    expect(privilegeOf(holding(...written))).toEqual({ level: 'none', because: [] });
  });
});

describe('a denial that leaves a way takes nothing away', () => {
  test.each([
    ['under a condition', { Action: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }],
    ['on some resources', { Action: 'iam:*', Resource: 'arn:aws:iam::*:role/protected' }],
    ['on all but some resources', { Action: '*', Resource: undefined, NotResource: 'arn:aws:s3:::x' }],
  ] satisfies [string, Written][])('%s', (_what, denial) => {
    expect(level({ Action: '*' }, { Effect: 'Deny', ...denial })).toBe('admin');
  });
});

describe('a permissions boundary', () => {
  test.each([
    ['caps what is beyond it', [{ Action: 's3:Get*' }], 'read'],
    ['of one service leaves that', [{ Action: 'sqs:*' }], 'write'],
    ['that allows all takes nothing away', [{ Action: '*' }], 'admin'],
    ['that denies IAM leaves the other ways', [{ Action: '*' }, { Effect: 'Deny', Action: 'iam:*' }], 'escalation'],
    ['that lets users help themselves is none for others', [{ Action: 'iam:*', Resource: 'arn:aws:iam::*:user/${aws:username}' }], 'write'],
  ] satisfies [string, Written[], string][])('%s', (_what, limit, expected) => {
    const { level: found } = privilegeOf({ ...holding({ Action: '*' }), boundary: { statements: statements(...limit) } });
    expect(found).toBe(expected);
  });

  test('that shares no action with the policies leaves nothing', () => {
    expect(privilegeOf({ ...holding({ Action: 's3:*' }), boundary: { statements: statements({ Action: 'sqs:*' }) } }).level).toBe('none');
  });

  test('caps policies of AWS too', () => {
    const named = [{ name: 'AmazonECS_FullAccess', level: 'escalation' }] as const;
    expect(privilegeOf({ statements: [], named, boundary: { name: 'ReadOnlyAccess', level: 'read' } })).toEqual({
      level: 'read',
      because: ['AmazonECS_FullAccess', 'no further than its permissions boundary'],
    });
  });
});

describe('within one service', () => {
  test.each([
    ['everything writes', { Action: '*' }, 'write'],
    ['all but IAM writes', { NotAction: 'iam:*' }, 'write'],
    ['its own reads', { Action: ['codecommit:Get*', 's3:*'] }, 'read'],
    ['another service gives nothing', { Action: 's3:*' }, 'none'],
  ] satisfies [string, Written, string][])('%s', (_what, statement, expected) => {
    expect(privilegeWithin('codecommit', holding(statement)).level).toBe(expected);
  });
});

test('more is allowed with one more statement that allows, and less with one more that denies', () => {
  const action = fc.constantFrom(
    '*',
    'iam:*',
    's3:*',
    's3:Get*',
    'iam:PassRole',
    'lambda:*',
    'sts:AssumeRole',
    'iam:CreateAccessKey',
    'ec2:D*',
  );
  const resource = fc.constantFrom('*', 'arn:aws:iam::1:role/one', 'arn:aws:iam::1:role/*');
  const any = fc.record({ Effect: fc.constantFrom('Allow', 'Deny'), Action: fc.array(action, { maxLength: 3 }), Resource: resource });
  const rank = (written: readonly Written[]): number => privilegeLevels.indexOf(level(...written));
  fc.assert(
    fc.property(fc.array(any, { maxLength: 4 }), action, (written, more) => {
      expect(rank([...written, { Effect: 'Allow', Action: more }])).toBeLessThanOrEqual(rank(written));
      expect(rank([...written, { Effect: 'Deny', Action: more }])).toBeGreaterThanOrEqual(rank(written));
    }),
  );
});

test.each(['', '%', '[]', 'null', '{"Statement":[7]}', '{"Statement":{"Effect":"Allow","Action":[{}]}}'])(
  'what is no policy is refused: %s',
  (text) => {
    expect(() => parseStatements(text, 'p')).toThrow(MalformedError);
  },
);

test('a statement is shown in a line, however long it is', () => {
  const [statement] = parseStatements(
    JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: `arn:aws:s3:::${'x'.repeat(500)}` } }),
    'p',
  );
  expect(statement?.text).toHaveLength(200);
});
