import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { milliseconds } from '../../model/duration.ts';
import type { Absent } from '../../model/fact.ts';
import { type Instant, epoch } from '../../model/instant.ts';
import type { InventoryRecord } from '../../model/inventory.ts';
import { fact } from '../../model/record.ts';
import type { Subject } from '../../model/subject.ts';
import { type Verdict, fail, notApplicable, pass } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
import { allTests } from '../logic.ts';
import { type Predicate, type Test, durationArg } from '../predicate.ts';
import { isVerdict, successors } from '../succession.ts';

export const UsageArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    dormantAfter: { ...durationArg, description: 'It was used within this time.' },
    neverUsedAfter: { ...durationArg, description: 'If it was never used, it is no older than this; `dormantAfter` when left out.' },
    notAfterSuperseded: {
      ...durationArg,
      description: 'It was not used later than this after a newer credential of the same identity and kind was made.',
    },
    quietFor: { ...durationArg, description: 'It was not used within this time: what only stands by.' },
  },
} as const satisfies JSONSchema;
export type UsageArgs = FromSchema<typeof UsageArgs>;

export const usage = {
  says: 'It is in use. "Never used" is said only of a time that somebody watched.',
  subjects: ['credential', 'identity', 'grant'],
  args: UsageArgs,
  looser: { dormantAfter: 'longer', neverUsedAfter: 'longer', notAfterSuperseded: 'longer', quietFor: 'shorter' },
  test({ dormantAfter, neverUsedAfter, notAfterSuperseded, quietFor }) {
    const isUsed = dormantAfter !== undefined || neverUsedAfter !== undefined;
    return allTests<Subject>([
      ...(isUsed ? [usedWithin(dormantAfter, neverUsedAfter)] : []),
      ...(notAfterSuperseded === undefined ? [] : [restsOnceSuperseded(notAfterSuperseded)]),
      ...(quietFor === undefined ? [] : [standsBy(quietFor)]),
    ]);
  },
} satisfies Predicate<UsageArgs>;

function usedWithin(dormantAfter: string | undefined, neverUsedAfter: string | undefined): Test {
  const dormant = dormantAfter === undefined ? undefined : limitOf(dormantAfter);
  const never = neverUsedAfter === undefined ? dormant : limitOf(neverUsedAfter);
  return ({ record }, now) => {
    const used = fact(record, 'lastUsedAt');
    if (used.state === 'unknown') return lacking('lastUsedAt', used);
    if (used.state === 'absent') return never ? neverUsed(record, used, never, now) : pass;
    const past = dormant ? now - epoch(used.value) - dormant.length : 0;
    return dormant && past > 0 ? fail({ code: 'unused-since', observed: used.value, limit: dormant.text, past }) : pass;
  };
}

function standsBy(limit: string): Test {
  const shortest = milliseconds(limit);
  return ({ record }, now) => {
    const used = fact(record, 'lastUsedAt');
    if (used.state === 'unknown') return lacking('lastUsedAt', used);
    if (used.state === 'absent') return pass;
    const ago = now - epoch(used.value);
    return ago < shortest ? fail({ code: 'used-recently', observed: used.value, limit, ago }) : pass;
  };
}

/** A later use may be a workload that was forgotten, or somebody who found the old value. */
function restsOnceSuperseded(limit: string): Test {
  const allowed = milliseconds(limit);
  return ({ record, kind, siblings }) => {
    if (record.record !== 'credential' || kind.traits.rotation !== 'replace') return notApplicable;
    const newer = successors(record, siblings);
    if (isVerdict(newer)) return newer;
    const [first] = newer;
    if (!first) return pass;
    const used = fact(record, 'lastUsedAt');
    if (used.state === 'unknown') return lacking('lastUsedAt', used);
    if (used.state === 'absent') return pass;
    const past = epoch(used.value) - epoch(first.at) - allowed;
    return past > 0
      ? fail({ code: 'used-after-superseded', observed: used.value, newer: first.credential.name, since: first.at, limit, past })
      : pass;
  };
}

type Limit = { readonly text: string; readonly length: number };

function limitOf(text: string): Limit {
  return { text, length: milliseconds(text) };
}

/** It must have been there, and watched, for longer than the limit. */
function neverUsed(record: InventoryRecord, { since }: Absent, { text, length }: Limit, now: number): Verdict {
  const created = fact(record, 'createdAt');
  if (created.state === 'unknown') return lacking('createdAt', created);
  if (created.state === 'known' && now - epoch(created.value) <= length) return pass;
  const watchedSince = created.state === 'absent' ? since : later(created.value, since);
  if (watchedSince === undefined) return lacking('createdAt', { state: 'absent' });
  const past = now - epoch(watchedSince) - length;
  if (past > 0) return fail({ code: 'never-used', watchedSince, limit: text, past });
  return lacking('lastUsedAt', { state: 'unknown', why: 'not-offered' }, `its use is watched only since ${watchedSince.slice(0, 10)}`);
}

function later(created: Instant, since: Instant | undefined): Instant {
  return since === undefined || epoch(created) > epoch(since) ? created : since;
}
