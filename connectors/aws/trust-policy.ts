import { MalformedError } from '../../src/connector/refusal.ts';
import type { Trust } from '../../src/model/trust.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

/** Who vouches for principals of AWS: accounts, users, roles and services. */
export const awsIssuer = 'sts.amazonaws.com';

type Condition = { readonly operator: string; readonly key: string; readonly values: readonly string[] };
type Principal = { readonly type: string; readonly name: string };

/**
 * Every principal that a role's trust policy lets in. Statements that deny are left out: they can only narrow, so a trust is never
 * shown smaller than it is. Throws MalformedError for a document that is not a policy.
 */
export function parseTrustPolicy(document: string): readonly Trust[] {
  return asList(documentOf(document)['Statement']).flatMap((statement) => {
    if (!isObject(statement)) throw new MalformedError('a trust policy with a statement that is none');
    if (statement['Effect'] !== 'Allow' || !letsIn(statement)) return [];
    const conditions = conditionsOf(statement['Condition']);
    return principalsOf(statement).flatMap((principal) => toTrusts(principal, conditions));
  });
}

/** IAM sends it URL-encoded; emulators and some tools do not. */
function documentOf(document: string): Readonly<Record<string, unknown>> {
  for (const decode of [(text: string) => text, decodeURIComponent]) {
    try {
      const value: unknown = JSON.parse(decode(document));
      if (isObject(value)) return value;
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof URIError)) throw error;
    }
  }
  throw new MalformedError('a trust policy that is not JSON');
}

/** Statements that only allow tagging a session or naming its source let nobody in. */
function letsIn(statement: Readonly<Record<string, unknown>>): boolean {
  if ('NotAction' in statement) return true;
  return texts(statement['Action']).some((action) => /^(?:\*|sts:(?:\*|assume.*))$/i.test(action));
}

function principalsOf(statement: Readonly<Record<string, unknown>>): readonly Principal[] {
  // Everybody but those named: as open as it gets.
  if ('NotPrincipal' in statement) return [{ type: 'AWS', name: '*' }];
  const principal = statement['Principal'];
  if (typeof principal === 'string') return [{ type: 'AWS', name: principal }];
  if (!isObject(principal)) throw new MalformedError('a trust policy without a principal');
  return Object.entries(principal).flatMap(([type, names]) => texts(names).map((name) => ({ type, name })));
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
  if (!isObject(condition)) throw new MalformedError('a trust policy with a condition that is none');
  return Object.entries(condition).flatMap(([operator, pairs]) => {
    if (!isObject(pairs)) throw new MalformedError('a trust policy with a condition that is none');
    return Object.entries(pairs).map(([key, values]) => ({ operator, key, values: texts(values) }));
  });
}

function texts(value: unknown): readonly string[] {
  return asList(value).map((each) => {
    if (typeof each === 'string' || typeof each === 'boolean' || typeof each === 'number') return String(each);
    throw new MalformedError('a trust policy with a value that is no text');
  });
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
