type Statement = {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: object;
};

/** What the account of the login needs to get into the others, which is never wanted on everything. The name of the role is an example. */
const entrances: Readonly<Record<string, Statement>> = {
  'sts:AssumeRole': { Sid: 'OverdueMembers', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:*:iam::*:role/overdue-audit' },
  'sts:AssumeRoot': {
    Sid: 'OverdueMemberRootUsers',
    Effect: 'Allow',
    Action: 'sts:AssumeRoot',
    Resource: 'arn:*:iam::*:root',
    Condition: { StringLike: { 'sts:TaskPolicyArn': 'arn:*:iam::aws:policy/root-task/IAMAuditRootUserCredentials' } },
  },
};

/** An IAM policy with these actions and no other. */
export function permissionDocument(permissions: readonly string[]): string {
  const reads = permissions.filter((permission) => !Object.hasOwn(entrances, permission)).toSorted();
  const policy = {
    Version: '2012-10-17',
    Statement: [
      ...(reads.length === 0 ? [] : [{ Sid: 'OverdueAudit', Effect: 'Allow', Action: reads, Resource: '*' }]),
      ...permissions.toSorted().flatMap((permission) => entrances[permission] ?? []),
    ],
  };
  return `${JSON.stringify(policy, undefined, 2)}\n`;
}
