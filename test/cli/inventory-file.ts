/** A saved inventory of one AWS account: a key of a user, as old as its creation. */
export function inventoryOf(
  keys: readonly { readonly id: string; readonly createdAt: string }[],
  coverage: object = { state: 'complete' },
): string {
  const lines = [
    { record: 'inventory', schemaVersion: 1, tool: { name: 'overdue', version: '0.0.0' }, startedAt: '2026-11-21T00:00:00Z' },
    ...keys.map(({ id, createdAt }) => ({
      record: 'credential',
      id,
      kind: 'aws.iam_access_key',
      provider: 'aws',
      scope: 'account/111122223333',
      name: `loader/${id}`,
      status: 'active',
      managedBy: 'customer',
      owners: [],
      tags: { owner: 'dana@larkspur.example' },
      evidence: [{ operation: 'iam:ListAccessKeys', observedAt: '2026-11-21T00:00:00Z', fields: ['createdAt', 'status'] }],
      details: {},
      identity: 'arn:aws:iam::111122223333:user/loader',
      createdAt,
      rotatedAt: createdAt,
      lastUsedAt: '2026-11-20T00:00:00Z',
      expiresAt: null,
    })),
    { record: 'coverage', connector: 'aws', scope: 'account/111122223333', surface: 'aws.iam_access_key', count: keys.length, ...coverage },
  ];
  const end = { record: 'end', finishedAt: '2026-11-21T00:00:00Z', lines: lines.length + 2, interrupted: false };
  return [lines[0], { record: 'kind', declaration }, ...lines.slice(1), end].map((line) => `${JSON.stringify(line)}\n`).join('');
}

const declaration = {
  id: 'aws.iam_access_key',
  title: 'IAM access key',
  record: 'credential',
  proves: 'An IAM user.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['inactive'], tokensLive: '36h' },
    takesWith: [],
    leavesBehind: [],
  },
};
