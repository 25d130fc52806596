import { type Environment, environments } from '../model/environment.ts';
import type { Kind } from '../model/kind.ts';
import { fact, privilegeLevels, statuses } from '../model/record.ts';
import { text } from '../model/schema.ts';
import { type OwnerState, type Subject, ownerStates } from '../model/subject.ts';
import type { Missing } from '../model/verdict.ts';
import { celArg, conditionFor } from './cel/argument.ts';
import { unreadOwners, unreadScopeOwners, unreadScopeTags } from './facts.ts';
import { globs } from './glob.ts';
import { type Match, type OneOrMore, each } from './policy.ts';
import type { PolicyContext } from './predicate.ts';

const oneOrMore = <const S extends object>(item: S) => ({ anyOf: [item, { type: 'array', minItems: 1, items: item }] }) as const;

export const matchProperties = {
  kinds: { title: 'a kind or a list of kinds', examples: ['aws.iam_access_key', 'github.*'], ...oneOrMore(text) },
  providers: { title: 'a provider or a list of providers', examples: ['aws'], ...oneOrMore(text) },
  connectors: { title: 'a connector or a list of connectors', examples: ['github'], ...oneOrMore(text) },
  surfaces: { title: 'a surface or a list of surfaces', examples: ['aws.iam_user'], ...oneOrMore(text) },
  scopes: { title: 'a scope or a list of scopes', examples: ['account/111122223333'], ...oneOrMore(text) },
  names: { title: 'a name or a list of names', examples: ['ci-*'], ...oneOrMore(text) },
  tags: { type: 'object', minProperties: 1, additionalProperties: { title: 'a value or a list of values', ...oneOrMore(text) } },
  states: oneOrMore({ enum: statuses }),
  traits: {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    properties: {
      expiry: oneOrMore({ enum: ['never', 'optional', 'always'] }),
      rotation: oneOrMore({ enum: ['replace', 'in-place', 'automatic', 'none'] }),
      proof: oneOrMore({ enum: ['bearer', 'possession', 'federated', 'none'] }),
      actor: oneOrMore({ enum: ['person', 'workload'] }),
    },
  },
  managedBy: oneOrMore({ enum: ['customer', 'provider', 'service'] }),
  privilege: oneOrMore({ enum: privilegeLevels }),
  environments: oneOrMore({ enum: environments }),
  owners: oneOrMore({ enum: [...ownerStates, 'none'] }),
  cel: celArg,
} as const;
export const MatchSchema = { type: 'object', additionalProperties: false, minProperties: 1, properties: matchProperties } as const;

/** A fact that is needed to say whether a subject is meant, and that nobody knows, is handed back: it is neither a yes nor a no. */
export type Matched = true | false | Missing;
export type Matcher = (subject: Subject, now: number) => Matched;

/** Whether a kind can be meant at all: what only kinds and their traits decide, so that the rest is not tried on others. */
export function kindMatcher({ kinds, traits }: Match): (kind: Kind) => boolean {
  const isNamed = kinds === undefined ? undefined : globs(kinds);
  return ({ id, traits: own }) =>
    (isNamed === undefined || isNamed(id)) &&
    (traits === undefined ||
      (isOneOf(traits.expiry, own.expiry) &&
        isOneOf(traits.rotation, own.rotation) &&
        isOneOf(traits.proof, own.proof) &&
        isOneOf(traits.actor, own.actor)));
}

/** What depends on the subject itself. Undefined: every subject of a kind that can be meant. */
export function subjectMatcher(
  { providers, scopes, names, tags, states, managedBy, privilege, environments: stages, owners, cel }: Match,
  context: PolicyContext,
): Matcher | undefined {
  const plain = [
    ...(providers === undefined ? [] : [({ record }: Subject) => isOneOf(providers, record.provider)]),
    ...(managedBy === undefined ? [] : [({ record }: Subject) => isOneOf(managedBy, record.managedBy)]),
    ...onText(scopes, ({ record }) => record.scope),
    ...onText(names, ({ record }) => record.name),
    ...Object.entries(tags ?? {}).flatMap(([tag, values]) =>
      onText(values, ({ record }) => (Object.hasOwn(record.tags, tag) ? record.tags[tag] : undefined)),
    ),
  ];
  const unsure = [
    ...(states === undefined ? [] : [onStatus(states)]),
    ...(privilege === undefined ? [] : [onPrivilege(privilege)]),
    ...(stages === undefined ? [] : [onEnvironment(stages)]),
    ...(owners === undefined ? [] : [onOwners(owners)]),
    ...(cel === undefined ? [] : [onExpression(cel, context)]),
  ];
  if (plain.length + unsure.length === 0) return undefined;
  if (plain.length === 0 && unsure.length === 1) return unsure[0];
  return (subject, now) => {
    for (const holds of plain) if (!holds(subject)) return false;
    let doubt: Matched = true;
    for (const holds of unsure) {
      const matched = holds(subject, now);
      if (matched === false) return false;
      if (matched !== true) doubt = matched;
    }
    return doubt;
  };
}

/** What many subjects have in common. */
export type Group = { readonly kind: Kind } & Pick<Subject['record'], 'status' | 'managedBy'>;

/** What is left to be asked of the subjects of a group; undefined where none of them can be meant. */
export function matchWithin(match: Match, { kind, status, managedBy: by }: Group): Match | undefined {
  const { kinds: _, traits: __, managedBy, states, ...rest } = match;
  if (!kindMatcher(match)(kind) || !isOneOf(managedBy, by)) return undefined;
  if (states === undefined || isOneOf(states, status)) return rest;
  return status === 'unknown' ? { ...rest, states } : undefined;
}

function onStatus(states: NonNullable<Match['states']>): Matcher {
  const wanted = new Set<string>(each(states));
  const missing: Missing = { fact: 'status', why: 'not-offered' };
  return ({ record }) => wanted.has(record.status) || (record.status === 'unknown' && missing);
}

function onPrivilege(levels: NonNullable<Match['privilege']>): Matcher {
  const wanted = new Set<string>(each(levels));
  return ({ record }) => {
    const privilege = fact(record, 'privilege');
    if (privilege.state === 'known') return wanted.has(privilege.value);
    if (privilege.state === 'absent') return wanted.has('none');
    return privilege.detail === undefined
      ? { fact: 'privilege', why: privilege.why }
      : { fact: 'privilege', why: privilege.why, detail: privilege.detail };
  };
}

/** What belongs to several is meant by each of them; where the tags of a scope could not be read, they may name one. */
function onEnvironment(wanted: OneOrMore<Environment>): Matcher {
  return (subject) => {
    const { environments: claims } = subject;
    if (claims.some(({ environment }) => isOneOf(wanted, environment))) return true;
    const unread = claims.length === 0 ? unreadScopeTags(subject) : undefined;
    return unread === undefined ? false : { fact: 'environment', ...unread };
  };
}

/** `none`: nobody is named. Anybody of these states among the owners is enough, so a second one who is active takes nothing away. */
function onOwners(wanted: OneOrMore<OwnerState | 'none'>): Matcher {
  return (subject) => {
    if (subject.owners.some(({ state }) => isOneOf(wanted, state))) return true;
    const unread = unreadOwners(subject) ?? (subject.owners.length === 0 ? unreadScopeOwners(subject) : undefined);
    if (unread?.outcome === 'unknown') return unread.missing[0] ?? false;
    return subject.owners.length === 0 && isOneOf(wanted, 'none');
  };
}

function onExpression(expression: string, context: PolicyContext): Matcher {
  const holds = conditionFor(expression, context);
  return (subject, now) => {
    const answer = holds(subject, now);
    return typeof answer === 'boolean' ? answer : (answer[0] ?? false);
  };
}

function onText(
  patterns: OneOrMore<string> | undefined,
  read: (subject: Subject) => string | undefined,
): ((subject: Subject) => boolean)[] {
  if (patterns === undefined) return [];
  const isMatch = globs(patterns);
  return [
    (subject) => {
      const value = read(subject);
      return value !== undefined && isMatch(value);
    },
  ];
}

function isOneOf<T>(wanted: OneOrMore<T> | undefined, value: T | undefined): boolean {
  if (wanted === undefined) return true;
  return value !== undefined && each(wanted).includes(value);
}
