import { MalformedError } from '../../src/connector/refusal.ts';
import type { Trust } from '../../src/model/trust.ts';
import { type Json, isObject, statementsOf, texts } from './policy-document.ts';
import { type Condition, narrowedBy, partyOf } from './trust-party.ts';
import { covers } from './wildcard.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

/** Who vouches for principals of AWS: accounts, users, roles and services. */
export const awsIssuer = 'sts.amazonaws.com';

const what = 'a trust policy';

type Principal = { readonly type: string; readonly name: string };

/**
 * Every principal that the trust policy of a role of `account` lets in, by its name, by who that is, and by what else must be shown. Statements that deny are left out: they can only narrow, so a trust is never
 * shown smaller than it is. Throws MalformedError for a document that is not a policy.
 */
export function parseTrustPolicy(document: string, account: string): readonly Trust[] {
  return statementsOf(document, what).flatMap((statement) => {
    if (statement['Effect'] !== 'Allow' || !letsIn(statement)) return [];
    const conditions = conditionsOf(statement['Condition']);
    return principalsOf(statement).flatMap((principal) => toTrusts(principal, conditions, account));
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
function toTrusts({ type, name }: Principal, conditions: readonly Condition[], account: string): readonly Trust[] {
  const party = partyOf(type, name, account);
  const who = party === undefined ? {} : { party };
  if (type !== 'Federated') return [{ issuer: awsIssuer, subject: name, ...stated(conditions), ...who, ...narrowedBy(conditions) }];
  const provider = providerOf(name);
  const { subjectKey, audienceKey } = keysOf(name, provider);
  const [subjects, withoutSubject] = claim(conditions, subjectKey);
  const [audiences, rest] = claim(withoutSubject, audienceKey);
  const issuer = name.includes(':saml-provider/') ? name : `https://${provider}`;
  const audience = audiences.length === 0 ? {} : { audience: audiences.join(' ') };
  const others = { ...audience, ...stated(rest), ...who, ...narrowedBy(rest) };
  return (subjects.length === 0 ? ['*'] : subjects).map((subject) => ({ issuer, subject, ...others }));
}

/** `arn:aws:iam::111122223333:oidc-provider/host/path` is known to conditions as `host/path`. */
function providerOf(name: string): string {
  return name.includes(':oidc-provider/') ? name.slice(name.indexOf(':oidc-provider/') + ':oidc-provider/'.length) : name;
}

type ClaimKeys = { readonly subjectKey: string; readonly audienceKey: string };

/** Two providers that AWS knew before OpenID Connect have words of their own. */
const elder: Readonly<Record<string, ClaimKeys>> = {
  'graph.facebook.com': { subjectKey: 'graph.facebook.com:id', audienceKey: 'graph.facebook.com:app_id' },
  'www.amazon.com': { subjectKey: 'www.amazon.com:user_id', audienceKey: 'www.amazon.com:app_id' },
};

function keysOf(name: string, provider: string): ClaimKeys {
  if (name.includes(':saml-provider/')) return { subjectKey: 'SAML:sub', audienceKey: 'SAML:aud' };
  return elder[provider] ?? { subjectKey: `${provider}:sub`, audienceKey: `${provider}:aud` };
}

/**
 * The values that a claim must have, and the conditions that remain. A condition that excludes values stays a condition, and so does one
 * that compares word for word and has a wildcard in it: there it is a letter like others.
 */
function claim(conditions: readonly Condition[], key: string): readonly [readonly string[], readonly Condition[]] {
  const isDemand = (condition: Condition): boolean =>
    condition.key.toLowerCase() === key.toLowerCase() &&
    /^(?:forA(?:ny|ll)Values?:)?string(?:equals(?:ignorecase)?|like)(?:ifexists)?$/i.test(condition.operator);
  const isMisread = ({ operator, values }: Condition): boolean => /equals/i.test(operator) && values.some((value) => /[*?]/.test(value));
  const demands = conditions.filter(isDemand);
  const rest = conditions.filter((condition) => !isDemand(condition) || isMisread(condition));
  return [demands.map(({ values }) => values).reduce(inBoth, demands[0]?.values ?? []), rest];
}

/** Two conditions on one claim must both hold: of two values one of which takes in the other, the narrower. Never nothing. */
function inBoth(some: readonly string[], others: readonly string[]): readonly string[] {
  const shared = some.flatMap((one) => others.flatMap((other) => (covers(other, one) ? [one] : covers(one, other) ? [other] : [])));
  return shared.length === 0 ? [...new Set([...some, ...others])] : [...new Set(shared)];
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
