/** An IAM policy with these actions and no other. */
export function permissionDocument(permissions: readonly string[]): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'OverdueAudit', Effect: 'Allow', Action: permissions.toSorted(), Resource: '*' }],
  };
  return `${JSON.stringify(policy, undefined, 2)}\n`;
}
