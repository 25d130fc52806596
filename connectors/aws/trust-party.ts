import type { Narrowing, Party, Trust } from '../../src/model/trust.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

export type Condition = { readonly operator: string; readonly key: string; readonly values: readonly string[] };

/** Who a principal of AWS is to a role of this account. Undefined: a form that AWS does not document. */
export function partyOf(type: string, name: string, account: string): Party | undefined {
  if (type === 'Service') return 'service';
  if (type === 'Federated') return 'issuer';
  if (name === '*') return 'anyone';
  // AWS puts the unique id in place of the ARN once the user or role is gone; one of the same name is somebody else.
  if (/^A(?:IDA|ROA)[A-Z0-9]+(?::|$)/.test(name)) return 'deleted';
  const owner = /^\d{12}$/.test(name) ? name : /^arn:[^:]+:(?:iam|sts)::(\d{12}):./.exec(name)?.[1];
  if (owner === undefined) return undefined;
  return owner === account ? 'own-account' : 'other-account';
}

const meanings: readonly (readonly [key: RegExp, narrowing: Narrowing])[] = [
  [/^sts:externalid$/, 'external-id'],
  [/^aws:(?:principalorgid|principalorgpaths)$/, 'organization'],
  [/^aws:source(?:arn|account|orgid|orgpaths)$/, 'source'],
  [/^aws:(?:sourceip|sourcevpc|sourcevpce|vpcsourceip|sourcevpcarn)$/, 'address'],
  [/^aws:multifactorauth(?:present|age)$/, 'mfa'],
  [/^aws:(?:principalarn|principalaccount|principaltag\/.*|userid|username)$/, 'claim'],
  // A claim of a token, as `token.actions.githubusercontent.com:repository_id`, or of an assertion.
  [/^(?:[\w-]+\.)+[\w-]+(?:\/[^:]*)?:[^:]+$/, 'claim'],
  [/^saml:/, 'claim'],
];

/** What the conditions demand beside the subject. */
export function narrowedBy(conditions: readonly Condition[]): Pick<Trust, 'narrowedBy'> {
  const demanded = new Set(conditions.filter(demands).map(({ key }) => meaningOf(key.toLowerCase())));
  return demanded.size === 0 ? {} : { narrowedBy: [...demanded].toSorted() };
}

function meaningOf(key: string): Narrowing {
  return meanings.find(([pattern]) => pattern.test(key))?.[1] ?? 'other';
}

/** Excluding some values, or asking only where there is a value, lets in whoever brings none. So does a pattern that takes all. */
function demands({ operator, values }: Condition): boolean {
  if (/not|ifexists$|^forallvalues:|^null$/i.test(operator)) return false;
  if (/^bool$/i.test(operator)) return values.includes('true');
  return values.length > 0 && !values.every((value) => /^\*+$/.test(value));
}
