import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { milliseconds } from '../../model/duration.ts';
import { epoch } from '../../model/instant.ts';
import type { Reason } from '../../model/reason.ts';
import { fact } from '../../model/record.ts';
import { type PersonStatus, lifecycleUnspecified, notInRegistry } from '../../model/source.ts';
import type { ResolvedOwner, Subject } from '../../model/subject.ts';
import { type Verdict, fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { lacking, unconfirmedOwner, unreadOwners, unreadScopeOwners } from '../facts.ts';
import { allTests } from '../logic.ts';
import { leftReason } from '../owner-left.ts';
import { type Predicate, type Test, durationArg } from '../predicate.ts';
import { awaitsUsersOfFederation, federationIsUsed, identityIsThere } from './orphan-identity.ts';

const lifecycles = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', minLength: 1 } } as const;

export const OrphanArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    owners: {
      enum: ['any-active', 'any-active-or-expected'],
      description:
        'Of the owners that are named, at least one is active; `or-expected` also takes who is on leave or has not started yet. Naming one is for `owner` to ask.',
    },
    workload: {
      type: 'object',
      additionalProperties: false,
      required: ['lifecycle'],
      properties: {
        lifecycle: { ...lifecycles, description: 'Lifecycles in which the workload still lives; in every other it is gone.' },
        retired: {
          ...lifecycles,
          description: 'Lifecycles in which it is gone. When given, a lifecycle in neither list makes the verdict unknown.',
        },
      },
    },
    attached: {
      const: true,
      description: 'What it is attached to, such as the resource of a managed identity, is still there.',
    },
    identity: {
      enum: ['exists'],
      description: 'The identity that a credential proves or a grant belongs to is there: neither gone, nor deleted, nor past its end.',
    },
    federation: {
      enum: ['used'],
      description: 'Of a provider of federated identities: something trusts it. Not applicable to what vouches for nobody.',
    },
    vendor: {
      type: 'object',
      additionalProperties: false,
      required: ['grace'],
      properties: {
        grace: { ...durationArg, description: 'How long after the end of the contract it may stay.', examples: ['0d', '30d'] },
      },
    },
  },
} as const satisfies JSONSchema;
export type OrphanArgs = FromSchema<typeof OrphanArgs>;

export const orphan = {
  says: 'The people, the workload and the vendor that it was made for are still there.',
  subjects: ['credential', 'identity', 'grant'],
  args: OrphanArgs,
  looser: {
    owners: 'later',
    'workload.lifecycle': 'more',
    'workload.retired': 'fewer',
    attached: 'removed',
    identity: 'removed',
    federation: 'removed',
    'vendor.grace': 'longer',
  },
  waits: ({ federation }) => (federation === undefined ? undefined : awaitsUsersOfFederation),
  test({ owners, workload, attached, identity, federation, vendor }) {
    return allTests<Subject>([
      ...(owners === undefined ? [] : [someoneIsThere(owners)]),
      ...(workload === undefined ? [] : [workloadLives(workload)]),
      ...(attached === undefined ? [] : [isAttached]),
      ...(identity === undefined ? [] : [identityIsThere]),
      ...(federation === undefined ? [] : [federationIsUsed]),
      ...(vendor === undefined ? [] : [contractRuns(vendor.grace)]),
    ]);
  },
} satisfies Predicate<OrphanArgs>;

const expected: ReadonlySet<string | undefined> = new Set(['leave', 'pending'] satisfies PersonStatus[]);

function someoneIsThere(who: NonNullable<OrphanArgs['owners']>): Test {
  const isThere = ({ state, status }: ResolvedOwner) =>
    state === 'active' || (who === 'any-active-or-expected' && state === 'inactive' && expected.has(status));
  return (subject, now) => {
    const owners = nearest(subject.owners);
    if (owners.some(isThere)) return pass;
    const unread = unreadOwners(subject) ?? (owners.length === 0 ? unreadScopeOwners(subject) : undefined);
    if (unread) return unread;
    if (owners.length === 0) return notApplicable;
    const unconfirmed = owners.find(({ state }) => state === 'unconfirmed');
    if (unconfirmed) return unconfirmedOwner(unconfirmed);
    return fail(...oncePerSource(owners.map((each) => leftReason(each, now)).filter((reason): reason is Reason => reason !== undefined)));
  };
}

/** Who answers for the whole scope answers for what nobody in it is named for, and does not stand in for one who left. */
function nearest(owners: readonly ResolvedOwner[]): readonly ResolvedOwner[] {
  const near = owners.filter(({ isOfScope }) => isOfScope === undefined);
  return near.length > 0 ? near : owners;
}

/** Several claims often lead to one person or group: that is said once. */
function oncePerSource(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Set<string>();
  return reasons.filter((reason) => !('source' in reason) || (!seen.has(reason.source) && seen.add(reason.source)));
}

function workloadLives({ lifecycle, retired }: NonNullable<OrphanArgs['workload']>): Test {
  const live = new Set(lifecycle.map((word) => word.toLowerCase()));
  const gone = retired && new Set(retired.map((word) => word.toLowerCase()));
  return ({ workload }) => {
    if (workload.state === 'absent') return notApplicable;
    if (workload.state === 'unknown') return lacking('workload', workload);
    const { id, lifecycle: stage, source } = workload.value;
    if (live.has(stage.toLowerCase())) return pass;
    if (stage === notInRegistry || (gone ? gone.has(stage.toLowerCase()) : stage !== lifecycleUnspecified))
      return fail({ code: 'workload-gone', ref: id, lifecycle: stage, source });
    return undecided('workload', { why: 'not-in-source', detail: `lifecycle ${stage} of ${id} is named neither as live nor as retired` });
  };
}

/** Most kinds are attached to nothing, and say nothing of it. */
function isAttached({ record }: Subject): Verdict {
  if (record.record !== 'identity' || (record.consumers === undefined && record.unknown?.consumers === undefined)) return notApplicable;
  const consumers = fact(record, 'consumers');
  if (consumers.state === 'unknown') return undecided('consumers', consumers);
  return consumers.state === 'absent' ? fail({ code: 'attached-to-nothing' }) : pass;
}

function contractRuns(grace: string): Test {
  const allowed = milliseconds(grace);
  return ({ vendor }, now) => {
    if (vendor.state === 'absent') return notApplicable;
    if (vendor.state === 'unknown') return lacking('vendor', vendor);
    const { id, endsAt, source } = vendor.value;
    if (endsAt === undefined) return pass;
    const past = now - epoch(endsAt);
    return past > allowed ? fail({ code: 'vendor-ended', ref: id, ended: endsAt, past, source }) : pass;
  };
}
