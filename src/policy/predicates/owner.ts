import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import type { OwnerRole } from '../../model/owner.ts';
import type { Reason } from '../../model/reason.ts';
import type { OwnerState, ResolvedOwner, Subject } from '../../model/subject.ts';
import { type Verdict, fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { unreadOwners, unreadScopeOwners } from '../facts.ts';
import { allOf } from '../logic.ts';
import { leftReason } from '../owner-left.ts';
import type { Predicate } from '../predicate.ts';

export const OwnerArgs = {
  type: 'object',
  additionalProperties: false,
  required: ['require'],
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
    distinct: { enum: [true], description: 'The business and the technical owner are two persons.' },
  },
} as const satisfies JSONSchema;
export type OwnerArgs = FromSchema<typeof OwnerArgs>;

/** No claim fails; a claim that nobody confirms is unknown; one who left fails here as well, unless `states` leaves that to `orphan`. */
export const owner = {
  says: 'Somebody is accountable for it, confirmed against the roster.',
  subjects: ['credential', 'identity', 'grant'],
  args: OwnerArgs,
  looser: { require: 'fewer', states: 'more', distinct: 'removed' },
  test({ require, states = ['active'], distinct }) {
    const roles: readonly (OwnerRole | 'any')[] = require === 'any' ? ['any'] : require;
    const counts = new Set<OwnerState>(states);
    return (subject) => {
      const { record, owners } = subject;
      if (record.managedBy !== 'customer') return notApplicable;
      const verdict = allOf(roles.map((role) => held(role, subject, counts)));
      if (verdict.outcome === 'fail') return unreadOwners(subject) ?? verdict;
      return verdict.outcome === 'pass' && distinct !== undefined ? distinctly(owners, counts) : verdict;
    };
  },
} satisfies Predicate<OwnerArgs>;

function held(role: OwnerRole | 'any', subject: Subject, counts: ReadonlySet<OwnerState>): Verdict {
  const { owners } = subject;
  const claims = role === 'any' ? owners : owners.filter(({ claim }) => claim.role === role);
  if (claims.length === 0) return unreadScopeOwners(subject) ?? fail({ code: 'no-owner', role });
  if (claims.some(({ state }) => counts.has(state))) return pass;
  const unconfirmed = claims.find(({ state }) => state === 'unconfirmed');
  if (unconfirmed) return unconfirmedOwner(unconfirmed);
  return fail(...claims.map(leftReason).filter((reason): reason is Reason => reason !== undefined));
}

/** One person in both roles is no second pair of eyes. Groups are told apart by their name. */
function distinctly(owners: readonly ResolvedOwner[], counts: ReadonlySet<OwnerState>): Verdict {
  const who = (role: OwnerRole) =>
    new Set(owners.filter(({ claim, state }) => claim.role === role && counts.has(state)).map(({ person, claim }) => person ?? claim.ref));
  const both = new Set([...who('business'), ...who('technical')]);
  const [ref] = both;
  return both.size === 1 && ref !== undefined && who('business').size > 0 && who('technical').size > 0
    ? fail({ code: 'owners-not-distinct', ref })
    : pass;
}

export function unconfirmedOwner({ claim, why }: ResolvedOwner): Verdict {
  return undecided('owners', why ?? { why: 'not-in-source', detail: `${claim.ref} (${claim.by}) is not confirmed by a roster` });
}
