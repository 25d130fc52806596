import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import type { Credential } from '../../model/credential.ts';
import { milliseconds } from '../../model/duration.ts';
import { epoch } from '../../model/instant.ts';
import type { Subject } from '../../model/subject.ts';
import { fact } from '../../model/record.ts';
import { type Verdict, fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
import { allTests } from '../logic.ts';
import { type Predicate, type Test, claimArg, durationArg } from '../predicate.ts';

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
  looser: { maxAge: 'longer', maxOverlap: 'longer', onSchedule: 'removed' },
  test({ maxAge, maxOverlap, onSchedule }) {
    return allTests<Subject>([
      ...(maxAge === undefined ? [] : [isYoungEnough(maxAge)]),
      ...(maxOverlap === undefined ? [] : [isNotLeftBeside(maxOverlap)]),
      ...(onSchedule === undefined ? [] : [isOnSchedule]),
    ]);
  },
} satisfies Predicate<RotationArgs>;

function isYoungEnough(limit: string): Test {
  const longest = milliseconds(limit);
  return ({ record, kind }, now) => {
    const { rotation: way } = kind.traits;
    if (record.record !== 'credential' || way === 'automatic' || way === 'none') return notApplicable;
    const rotated = fact(record, 'rotatedAt');
    if (rotated.state === 'known') return aged('rotatedAt', rotated.value, now);
    const created = fact(record, 'createdAt');
    if (created.state !== 'known') return rotated.state === 'unknown' ? lacking('rotatedAt', rotated) : lacking('createdAt', created);
    const verdict = aged('createdAt', created.value, now);
    // A value that can change in place is no older than its object, but may be younger.
    return verdict.outcome === 'fail' && way === 'in-place' && rotated.state === 'unknown' ? lacking('rotatedAt', rotated) : verdict;
  };

  function aged(from: 'createdAt' | 'rotatedAt', observed: string, now: number): Verdict {
    const past = now - epoch(observed) - longest;
    return past > 0 ? fail({ code: 'older-than', fact: from, observed, limit, past }) : pass;
  }
}

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
    if (works(record, now) === false || others.length === 0) return pass;
    const created = fact(record, 'createdAt');
    if (created.state !== 'known') return lacking('createdAt', created);

    const mine = epoch(created.value);
    const newer: { readonly at: string; readonly sibling: Credential }[] = [];
    for (const sibling of others) {
      const at = fact(sibling, 'createdAt');
      if (at.state !== 'known') return lacking('createdAt', at, `nobody says when ${sibling.name}, active beside it, was created`);
      const later = epoch(at.value) - mine;
      const isNewer = later > 0 || (later === 0 && sibling.id > record.id);
      if (isNewer && now - epoch(at.value) > longest) newer.push({ at: at.value, sibling });
    }
    const [first] = newer.toSorted((a, b) => epoch(a.at) - epoch(b.at));
    if (!first) return pass;
    if (record.status === 'unknown' || newer.every(({ sibling }) => sibling.status === 'unknown'))
      return undecided('status', { why: 'not-offered' });
    const past = now - epoch(first.at) - longest;
    return fail({ code: 'overlapping', observed: newer.map(({ sibling }) => sibling.name).toSorted(), since: first.at, limit, past });
  };
}

/** Undefined: nobody says. */
function works(credential: Credential, now: number): boolean | undefined {
  const end = fact(credential, 'expiresAt');
  if (end.state === 'known' && epoch(end.value) < now) return false;
  return credential.status === 'unknown' ? undefined : credential.status === 'active';
}
