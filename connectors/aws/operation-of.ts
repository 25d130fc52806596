import type { WireRequest } from '../../src/connector/wire.ts';

const iamVersion = '2010-05-08';

/** `iam:ListAccessKeys` or `secretsmanager:ListSecrets`; '' for STS, single sign-on and everything else a login needs. */
export function operationOf({ headers, body }: WireRequest): string {
  const [service, operation] = headers['x-amz-target']?.split('.') ?? [];
  if (service === 'secretsmanager' && operation !== undefined) return `secretsmanager:${operation}`;
  const form = new URLSearchParams(body ?? '');
  const action = form.get('Action');
  return action !== null && form.get('Version') === iamVersion ? `iam:${action}` : '';
}
