import { MalformedError } from '../../src/connector/refusal.ts';
import type { Trust } from '../../src/model/trust.ts';
import { type Json, isObject, statementsOf, texts } from './policy-document.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

/** Who vouches for principals of AWS: accounts, users, roles and services. */
export const awsIssuer = 'sts.amazonaws.com';

const what = 'a trust policy';

type Condition = { readonly operator: string; readonly key: string; readonly values: readonly string[] };
type Principal = { readonly type: string; readonly name: string };

/**
 * Every principal that a role's trust policy lets in. Statements that deny are left out: they can only narrow, so a trust is never
 * shown smaller than it is. Throws MalformedError for a document that is not a policy.
 */
export function parseTrustPolicy(document: string): readonly Trust[] {
  return statementsOf(document, what).flatMap((statement) => {
    if (statement['Effect'] !== 'Allow' || !letsIn(statement)) return [];
    const conditions = conditionsOf(statement['Condition']);
    return principalsOf(statement).flatMap((principal) => toTrusts(principal, conditions));
  });
}

/** Statements that only allow tagging a session or naming its source let nobody in. */
function letsIn(statement: Json): boolean {
  if ('NotAction' in statement) return true;
  return texts(statement['Action'], what).some((action) => /^(?:\*|sts:(?:\*|assume.*))$/i.test(action));
}

function principalsOf(statement: Json): readonly Principal[] {
  // Everybody but those named: as open as it gets.
  if ('NotPrincipal' in statement) return [{ type: 'AWS', name: '*' }];
  const principal = statement['Principal'];
  if (typeof principal === 'string') return [{ type: 'AWS', name: principal }];
  if (!isObject(principal)) throw new MalformedError(`${what} without a principal`);
  return Object.entries(principal).flatMap(([type, names]) => texts(names, what).map((name) => ({ type, name })));
}

/** One trust for each subject; no condition on the subject trusts every one. */
function toTrusts({ type, name }: Principal, conditions: readonly Condition[]): readonly Trust[] {
  if (type !== 'Federated') return [{ issuer: awsIssuer, subject: name, ...stated(conditions) }];
  const provider = providerOf(name);
  const [subjects, withoutSubject] = claim(conditions, `${provider}:sub`);
  const [audiences, rest] = claim(withoutSubject, name.includes(':saml-provider/') ? 'SAML:aud' : `${provider}:aud`);
  const issuer = name.includes(':oidc-provider/') ? `https://${provider}` : provider;
  const audience = audiences.length === 0 ? {} : { audience: audiences.join(' ') };
  return (subjects.length === 0 ? ['*'] : subjects).map((subject) => ({ issuer, subject, ...audience, ...stated(rest) }));
}

/** `arn:aws:iam::111122223333:oidc-provider/host/path` is known to conditions as `host/path`. */
function providerOf(name: string): string {
  return name.includes(':oidc-provider/') ? name.slice(name.indexOf(':oidc-provider/') + ':oidc-provider/'.length) : name;
}

/** The values that a claim must have, and the conditions that remain. A condition that excludes values stays a condition. */
function claim(conditions: readonly Condition[], key: string): readonly [readonly string[], readonly Condition[]] {
  const demands = (condition: Condition): boolean =>
    condition.key.toLowerCase() === key.toLowerCase() &&
    /^(?:forA(?:ny|ll)Values?:)?string(?:equals(?:ignorecase)?|like)(?:ifexists)?$/i.test(condition.operator);
  return [conditions.filter(demands).flatMap(({ values }) => values), conditions.filter((condition) => !demands(condition))];
}

function stated(conditions: readonly Condition[]): Pick<Trust, 'conditions'> {
  if (conditions.length === 0) return {};
  return { conditions: Object.fromEntries(conditions.map(({ operator, key, values }) => [`${operator} ${key}`, values.join(' ')])) };
}

function conditionsOf(condition: unknown): readonly Condition[] {
  if (condition === undefined) return [];
  if (!isObject(condition)) throw new MalformedError(`${what} with a condition that is none`);
  return Object.entries(condition).flatMap(([operator, pairs]) => {
    if (!isObject(pairs)) throw new MalformedError(`${what} with a condition that is none`);
    return Object.entries(pairs).map(([key, values]) => ({ operator, key, values: texts(values, what) }));
  });
}
