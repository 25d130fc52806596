import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { milliseconds } from '../../model/duration.ts';
import { type Fact, absent } from '../../model/fact.ts';
import { type Instant, epoch } from '../../model/instant.ts';
import type { Subject } from '../../model/subject.ts';
import { fact } from '../../model/record.ts';
import { type Verdict, fail, notApplicable, pass } from '../../model/verdict.ts';
import { valueNoOlderThan } from '../age.ts';
import { lacking } from '../facts.ts';
import { allTests } from '../logic.ts';
import { type Predicate, type Test, claimArg, durationArg } from '../predicate.ts';

export const ExpiryArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    required: { ...claimArg, description: 'It has an end. Not applicable to kinds that cannot expire: rotation stands in for them.' },
    notExpired: { ...claimArg, description: 'It is not past its end: what has expired is removed.' },
    within: { ...durationArg, description: 'Its end is at least this far away, or already past.' },
    maxLifetime: {
      ...durationArg,
      description: 'From start to end it lives no longer than this. Whether it must have an end is for `required` to say.',
    },
    compensated: {
      ...durationArg,
      description:
        'What has no end, because none is set or its kind cannot have one, got its value within this time instead. A credential that can neither end nor be renewed fails.',
    },
  },
} as const satisfies JSONSchema;
export type ExpiryArgs = FromSchema<typeof ExpiryArgs>;

export const expiry = {
  says: 'It has an end, has not outlived it, does not reach it unseen, and does not live too long.',
  subjects: ['credential', 'identity', 'grant'],
  args: ExpiryArgs,
  looser: { required: 'removed', notExpired: 'removed', within: 'shorter', maxLifetime: 'longer', compensated: 'longer' },
  test({ required, notExpired, within, maxLifetime, compensated }) {
    return allTests<Subject>([
      ...(required === undefined ? [] : [hasAnEnd]),
      ...(notExpired === undefined ? [] : [isNotPast]),
      ...(within === undefined ? [] : [isNotNear(within)]),
      ...(maxLifetime === undefined ? [] : [livesAtMost(maxLifetime)]),
      ...(compensated === undefined ? [] : [endsOrIsRenewed(compensated)]),
    ]);
  },
} satisfies Predicate<ExpiryArgs>;

const hasAnEnd: Test = ({ record, kind }) => {
  if (kind.traits.expiry === 'never') return notApplicable;
  const end = fact(record, 'expiresAt');
  if (end.state === 'unknown') return lacking('expiresAt', end);
  return end.state === 'known' ? pass : fail({ code: 'no-expiry' });
};

const isNotPast: Test = ({ record }, now) =>
  whenItEnds(record, (end) => {
    const past = now - epoch(end);
    return past > 0 ? fail({ code: 'expired', observed: end, past }) : pass;
  });

function isNotNear(limit: string): Test {
  const distance = milliseconds(limit);
  return ({ record }, now) =>
    whenItEnds(record, (end) => {
      const left = epoch(end) - now;
      if (left < 0) return notApplicable;
      return left < distance ? fail({ code: 'expires-soon', observed: end, limit, left }) : pass;
    });
}

function livesAtMost(limit: string): Test {
  const longest = milliseconds(limit);
  return (subject) =>
    whenItEnds(subject.record, (end) => {
      const { from, renewed } = startOf(subject);
      if (from.state !== 'known') return lacking('createdAt', from);
      const past = epoch(end) - epoch(from.value) - longest;
      if (past <= 0) return pass;
      return renewed?.state === 'unknown'
        ? lacking('rotatedAt', renewed)
        : fail({ code: 'lives-too-long', from: from.value, observed: end, limit, past });
    });
}

/** A young value is fine with or without an end, so its age is asked first. */
function endsOrIsRenewed(limit: string): Test {
  const isRenewed = valueNoOlderThan(limit, (age) => ({ code: 'endless-not-renewed', ...age }));
  return (subject, now) => {
    const { record, kind } = subject;
    if (record.record !== 'credential') return notApplicable;
    if (kind.traits.rotation === 'automatic') return pass;
    const end = kind.traits.expiry === 'never' ? absent() : fact(record, 'expiresAt');
    if (end.state === 'known') return pass;
    const verdict = kind.traits.rotation === 'none' ? fail({ code: 'endless' }) : isRenewed(subject, now);
    return end.state === 'unknown' && verdict.outcome !== 'pass' ? lacking('expiresAt', end) : verdict;
  };
}

/** `renewed`: set where the value can be renewed in place, so that it may be younger than the object it started as. */
function startOf({ record, kind }: Subject): { readonly from: Fact<Instant>; readonly renewed?: Fact<Instant> } {
  const created = fact(record, 'createdAt');
  if (record.record !== 'credential') return { from: created };
  const start = fact(record, 'notBefore');
  if (start.state === 'known') return { from: start };
  const rotated = fact(record, 'rotatedAt');
  if (rotated.state === 'known') return { from: rotated };
  return kind.traits.rotation === 'replace' ? { from: created } : { from: created, renewed: rotated };
}

function whenItEnds(record: Subject['record'], judge: (end: Instant) => Verdict): Verdict {
  const end = fact(record, 'expiresAt');
  if (end.state === 'unknown') return lacking('expiresAt', end);
  return end.state === 'absent' ? notApplicable : judge(end.value);
}
