import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { milliseconds } from '../../model/duration.ts';
import { epoch } from '../../model/instant.ts';
import type { Subject } from '../../model/subject.ts';
import { fact } from '../../model/record.ts';
import { fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { valueNoOlderThan } from '../age.ts';
import { lacking } from '../facts.ts';
import { allTests } from '../logic.ts';
import { type Predicate, type Test, claimArg, durationArg } from '../predicate.ts';
import { isVerdict, successors, works } from '../succession.ts';
import { finishedWithin } from './rotation-finished.ts';

export const RotationArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    maxAge: {
      ...durationArg,
      description: 'Its secret value is no older than this. Not applicable where the provider renews it or nothing can.',
    },
    maxOverlap: {
      ...durationArg,
      description: 'Once a newer credential of the same identity and kind has been active for this long, the older one is gone.',
    },
    finished: {
      ...durationArg,
      description:
        'Once a newer credential of the same identity and kind has been active for this long, that one has been used and this one, while it is active, no more.',
    },
    onSchedule: {
      ...claimArg,
      description: "The provider's own schedule is kept: the date of its next rotation has not passed. Not applicable without a schedule.",
    },
  },
} as const satisfies JSONSchema;
export type RotationArgs = FromSchema<typeof RotationArgs>;

export const rotation = {
  says: 'Its secret value is replaced in time, and the old one does not stay beside the new one.',
  subjects: ['credential'],
  args: RotationArgs,
  looser: { maxAge: 'longer', maxOverlap: 'longer', finished: 'longer', onSchedule: 'removed' },
  test({ maxAge, maxOverlap, finished, onSchedule }) {
    return allTests<Subject>([
      ...(maxAge === undefined ? [] : [valueNoOlderThan(maxAge, (age) => ({ code: 'older-than', ...age }))]),
      ...(maxOverlap === undefined ? [] : [isNotLeftBeside(maxOverlap)]),
      ...(finished === undefined ? [] : [finishedWithin(finished)]),
      ...(onSchedule === undefined ? [] : [isOnSchedule]),
    ]);
  },
} satisfies Predicate<RotationArgs>;

/** Kinds whose provider knows no schedule do not speak of it, which is no gap in what could be learned. */
const isOnSchedule: Test = ({ record }, now) => {
  if (record.record !== 'credential' || (record.rotationDueAt === undefined && record.unknown?.rotationDueAt === undefined))
    return notApplicable;
  const due = fact(record, 'rotationDueAt');
  if (due.state === 'unknown') return lacking('rotationDueAt', due);
  if (due.state === 'absent') return notApplicable;
  const past = now - epoch(due.value);
  return past > 0 ? fail({ code: 'rotation-failing', observed: due.value, past }) : pass;
};

function isNotLeftBeside(limit: string): Test {
  const longest = milliseconds(limit);
  return ({ record, kind, siblings }, now) => {
    if (record.record !== 'credential' || kind.traits.rotation !== 'replace') return notApplicable;
    const others = siblings.filter((each) => works(each, now) !== false);
    if (works(record, now) === false) return pass;
    const newer = successors(record, others);
    if (isVerdict(newer)) return newer;
    const settled = newer.filter(({ at }) => now - epoch(at) > longest);
    const [first] = settled;
    if (!first) return pass;
    if (record.status === 'unknown' || settled.every(({ credential }) => credential.status === 'unknown'))
      return undecided('status', { why: 'not-offered' });
    const past = now - epoch(first.at) - longest;
    return fail({
      code: 'overlapping',
      observed: settled.map(({ credential }) => credential.name).toSorted(),
      since: first.at,
      limit,
      past,
    });
  };
}
