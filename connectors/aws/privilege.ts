import type { Privilege } from '../../src/connector/privilege.ts';
import { type PrivilegeLevel, privilegeLevels } from '../../src/model/record.ts';
import { escalations, overIam } from './escalations.ts';
import { type Statement, shortened } from './policy-statement.ts';
import { covers, overlap } from './wildcard.ts';

/** A policy of AWS's own, of which the level is known and the text is not in hand. */
export type NamedPolicy = { readonly name: string; readonly level: PrivilegeLevel };
/** All that decides what an identity may do. */
export type Holding = {
  readonly statements: readonly Statement[];
  readonly named: readonly NamedPolicy[];
  /** Left out where there is none, or where its text could not be had: it could only narrow. */
  readonly boundary?: { readonly statements: readonly Statement[] } | NamedPolicy;
};

const nothing: Privilege = { level: 'none', because: [] };

/**
 * How far the policies of an identity reach, with the statements that decide it. Never less than the truth as far as these policies tell
 * it: conditions count as met, and what is denied in part counts as not denied. Policies of the organisation can only narrow it, and are
 * not read. An escalation counts where it is open to every resource: to pass one named role is a write.
 */
export function privilegeOf({ statements, named, boundary }: Holding): Privilege {
  const limit = boundary !== undefined && 'statements' in boundary ? boundary.statements : undefined;
  const own = byEscalation(reachedActions(statements, limit)) ?? byActions(statements, limit === undefined ? [] : [limit]);
  const best = named.map(({ name, level }) => ({ level, because: level === 'none' ? [] : [name] })).reduce(further, own);
  const cap = capOf(boundary);
  if (cap === undefined || rank(cap) <= rank(best.level)) return best;
  return cap === 'none' ? nothing : { level: cap, because: [...best.because, 'no further than its permissions boundary'] };
}

/** The same within one service alone, such as `codecommit`: for what opens only that. At most `write`. */
export function privilegeWithin(service: string, { statements, boundary }: Holding): Privilege {
  const limit = boundary !== undefined && 'statements' in boundary ? [boundary.statements] : [];
  return byActions(statements, limit, [[`${service}:*`]]);
}

export function further(one: Privilege, other: Privilege): Privilege {
  return rank(other.level) < rank(one.level) ? other : one;
}

/** Admin is 0. */
function rank(level: PrivilegeLevel): number {
  return privilegeLevels.indexOf(level);
}

function capOf(boundary: Holding['boundary']): PrivilegeLevel | undefined {
  if (boundary === undefined) return undefined;
  return 'statements' in boundary ? privilegeOf({ statements: boundary.statements, named: [] }).level : boundary.level;
}

/** The critical actions that are allowed for every resource, each with the statement that allows it. */
function reachedActions(statements: readonly Statement[], limit: readonly Statement[] | undefined): ReadonlyMap<string, Statement> {
  const reached = new Map<string, Statement>();
  for (const statement of statements) {
    if (statement.allows) for (const action of statement.critical) if (!reached.has(action)) reached.set(action, statement);
  }
  for (const { allows, critical } of [...statements, ...(limit ?? [])]) if (!allows) for (const action of critical) reached.delete(action);
  if (limit === undefined) return reached;
  return new Map([...reached].filter(([action]) => limit.some(({ allows, critical }) => allows && critical.has(action))));
}

function byEscalation(reached: ReadonlyMap<string, Statement>): Privilege | undefined {
  if (reached.size === 0) return undefined;
  const ways = escalations.filter(({ needs }) => needs.every((action) => reached.has(action)));
  if (overIam.every((way) => ways.includes(way)))
    return { level: 'admin', because: [...new Set([...reached.values()].map(({ text }) => text))].slice(0, 3) };
  if (ways.length === 0) return undefined;
  const shown = ways.slice(0, 3).map(({ needs, lets }) => {
    const by = [...new Set(needs.flatMap((action) => reached.get(action)?.by ?? []))];
    return shortened(`${by.join(', ')}: ${needs.join(' and ')} on every resource: may ${lets}`);
  });
  return { level: 'escalation', because: ways.length > 3 ? [...shown, `${String(ways.length - 3)} more ways`] : shown };
}

/** Write or read: the furthest of what is allowed, within each limit. */
function byActions(
  statements: readonly Statement[],
  boundary: readonly (readonly Statement[])[],
  services: readonly (readonly string[])[] = [],
): Privilege {
  const denials = [...statements, ...boundary.flat()].filter(({ allows, total }) => !allows && total);
  const denied = denials.filter(({ inverted }) => !inverted).flatMap(({ actions }) => actions);
  const limits = [
    ...services,
    ...boundary.map(allowedPatterns),
    ...denials.filter(({ inverted }) => inverted).map(({ actions }) => actions),
  ];
  let best = nothing;
  for (const statement of statements) {
    if (best.level === 'write' || !statement.allows) continue;
    for (const pattern of allowedPatterns([statement])) {
      if (denied.some((each) => covers(each, pattern))) continue;
      const level = limits.reduce((reach, limit) => lesser(reach, widest(pattern, limit)), levelOf(pattern));
      best = further(best, level === 'none' ? nothing : { level, because: [statement.text] });
    }
  }
  return best;
}

function allowedPatterns(statements: readonly Statement[]): readonly string[] {
  return statements.filter(({ allows }) => allows).flatMap(({ inverted, actions }) => (inverted ? ['*'] : actions));
}

function widest(pattern: string, limit: readonly string[]): PrivilegeLevel {
  return limit
    .filter((each) => overlap(pattern, each))
    .reduce<PrivilegeLevel>((level, each) => (rank(levelOf(each)) < rank(level) ? levelOf(each) : level), 'none');
}

function lesser(one: PrivilegeLevel, other: PrivilegeLevel): PrivilegeLevel {
  return rank(one) > rank(other) ? one : other;
}

const reading =
  /^[^:*?]+:(?:admin(?:get|list)|batch(?:check|describe|detect|get|list|read)|check|classify|compare|contains|count|describe|detect|discover|download|estimate|evaluate|export|filter|get|head|list|lookup|preview|probe|query|read|receive|resolve|retrieve|scan|search|select|simulate|test|validate|verify|view)/;
/** They read too, under other names. */
const alsoReading =
  /^(?:iam:generate.*|kms:decrypt|logs:st(?:art|op)(?:query|livetail)|dynamodb:partiqlselect|athena:startqueryexecution|codecommit:gitpull)$/;

/** By the verb that the action begins with. A pattern whose verb is cut short may be anything. */
function levelOf(pattern: string): PrivilegeLevel {
  return reading.test(pattern) || alsoReading.test(pattern) ? 'read' : 'write';
}
