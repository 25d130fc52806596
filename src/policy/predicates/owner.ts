import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { type OwnerRole, ownerRoles } from '../../model/owner.ts';
import type { Reason } from '../../model/reason.ts';
import type { OwnerState, ResolvedOwner, Subject } from '../../model/subject.ts';
import { type Verdict, fail, notApplicable, pass } from '../../model/verdict.ts';
import { unconfirmedOwner, unreadOwners, unreadScopeOwners } from '../facts.ts';
import { allOf } from '../logic.ts';
import { leftReason } from '../owner-left.ts';
import { type Predicate, claimArg } from '../predicate.ts';
import { agreed } from './owner-agreed.ts';

export const OwnerArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  dependencies: { states: ['require'] },
  properties: {
    require: {
      title: '`any` or a list of roles',
      description: 'Roles that each have an owner; `any` takes an owner of either role.',
      anyOf: [{ enum: ['any'] }, { type: 'array', minItems: 1, uniqueItems: true, items: { enum: ['technical', 'business'] } }],
    },
    states: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { enum: ['active', 'inactive', 'empty', 'gone', 'unconfirmed'] },
      description:
        'States in which a claim counts as an owner; `[active]` when left out. With `inactive, empty, gone` it asks only that one is named.',
    },
    accountable: {
      ...claimArg,
      description: 'Of the owners that are named, one answers for it: a role at the provider that lets somebody change it does not count.',
    },
    distinct: { ...claimArg, description: 'The business and the technical owner are two persons.' },
    reachable: {
      ...claimArg,
      description:
        'Of the owners that are active, one has an e-mail address: a person on the roster, or a group that has one or an active member with one.',
    },
    agree: {
      ...claimArg,
      description: 'All places that name an owner of one role have somebody in common; a group and its member are no two answers.',
    },
  },
} as const satisfies JSONSchema;
export type OwnerArgs = FromSchema<typeof OwnerArgs>;

/** No claim fails `require`; a claim that nobody confirms is unknown; one who left fails it as well, unless `states` leaves that to `orphan`. */
export const owner = {
  says: 'Somebody is accountable for it, confirmed against the roster.',
  subjects: ['credential', 'identity', 'grant'],
  args: OwnerArgs,
  looser: { require: 'fewer', states: 'more', accountable: 'removed', distinct: 'removed', reachable: 'removed', agree: 'removed' },
  test({ require, states = ['active'], accountable, distinct, reachable, agree }) {
    const roles: readonly (OwnerRole | 'any')[] = require === undefined ? [] : require === 'any' ? ['any'] : require;
    const counts = new Set<OwnerState>(states);
    return (subject) => {
      if (subject.record.managedBy !== 'customer') return notApplicable;
      const owners = accountable === undefined ? subject.owners : subject.owners.filter(({ claim }) => claim.control === undefined);
      const verdicts: Verdict[] = roles.map((role) => held(role, owners, subject, counts));
      if (accountable !== undefined && require === undefined) verdicts.push(answeredFor(owners, subject));
      if (reachable !== undefined) verdicts.push(canBeReached(owners));
      if (agree !== undefined) verdicts.push(...ownerRoles.map((role) => agreed(role, subject.owners)));
      const verdict = allOf(verdicts);
      if (verdict.outcome === 'fail') return unreadOwners(subject) ?? verdict;
      return distinct === undefined || verdict.outcome === 'unknown' ? verdict : allOf([verdict, distinctly(owners, counts)]);
    };
  },
} satisfies Predicate<OwnerArgs>;

function held(role: OwnerRole | 'any', owners: readonly ResolvedOwner[], subject: Subject, counts: ReadonlySet<OwnerState>): Verdict {
  const claims = ofRole(role, owners);
  if (claims.length === 0) return unreadScopeOwners(subject) ?? fail(onlyControl(role, subject) ?? { code: 'no-owner', role });
  if (claims.some(({ state }) => counts.has(state))) return pass;
  const unconfirmed = claims.find(({ state }) => state === 'unconfirmed');
  if (unconfirmed) return unconfirmedOwner(unconfirmed);
  return fail(...claims.map((each) => leftReason(each)).filter((reason): reason is Reason => reason !== undefined));
}

function answeredFor(owners: readonly ResolvedOwner[], subject: Subject): Verdict {
  if (owners.length > 0) return pass;
  const reason = onlyControl('any', subject);
  return reason === undefined ? notApplicable : (unreadScopeOwners(subject) ?? fail(reason));
}

function onlyControl(role: OwnerRole | 'any', { owners }: Subject): Reason | undefined {
  const claim = ofRole(role, owners).find((each) => each.claim.control === true)?.claim;
  return claim && { code: 'only-control', role, ref: claim.ref, by: claim.by };
}

function ofRole(role: OwnerRole | 'any', owners: readonly ResolvedOwner[]): readonly ResolvedOwner[] {
  return role === 'any' ? owners : owners.filter(({ claim }) => claim.role === role);
}

/** That one is named and active is for `require` and `orphan` to ask. */
function canBeReached(owners: readonly ResolvedOwner[]): Verdict {
  const active = owners.filter(({ state }) => state === 'active');
  if (active.some(({ address }) => address !== undefined)) return pass;
  const unconfirmed = owners.find(({ state }) => state === 'unconfirmed');
  if (unconfirmed) return unconfirmedOwner(unconfirmed);
  if (active.length === 0) return notApplicable;
  return fail(...active.map(({ claim, source }) => ({ code: 'owner-unreachable' as const, ref: claim.ref, source: source ?? claim.by })));
}

/** One person in both roles is no second pair of eyes. Groups are told apart by their name. */
function distinctly(owners: readonly ResolvedOwner[], counts: ReadonlySet<OwnerState>): Verdict {
  const who = (role: OwnerRole) =>
    new Set(ofRole(role, owners).flatMap(({ person, group, claim, state }) => (counts.has(state) ? [person ?? group ?? claim.ref] : [])));
  const [business, technical] = [who('business'), who('technical')];
  if (business.size === 0 || technical.size === 0) return notApplicable;
  const [ref, ...others] = new Set([...business, ...technical]);
  return ref !== undefined && others.length === 0 ? fail({ code: 'owners-not-distinct', ref }) : pass;
}
