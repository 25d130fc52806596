import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { milliseconds } from '../../model/duration.ts';
import { epoch } from '../../model/instant.ts';
import { type Status, fact, statusSinceOf } from '../../model/record.ts';
import type { Subject } from '../../model/subject.ts';
import { fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
import { allTests } from '../logic.ts';
import { type Predicate, type Test, claimArg, durationArg } from '../predicate.ts';

export const RevocationArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    restorable: {
      ...durationArg,
      description: 'Once deleted, it can be restored no longer than this. Not applicable to what is not deleted.',
      examples: ['30d'],
    },
    credentialsGone: {
      ...claimArg,
      description:
        'It is not active while the identity that it proves is switched off or deleted: it would come back with it, or never stopped.',
    },
  },
} as const satisfies JSONSchema;
export type RevocationArgs = FromSchema<typeof RevocationArgs>;

export const revocation = {
  says: 'What was taken away is really gone.',
  subjects: ['credential', 'identity', 'grant'],
  args: RevocationArgs,
  looser: { restorable: 'longer', credentialsGone: 'removed' },
  test({ restorable, credentialsGone }) {
    return allTests<Subject>([
      ...(restorable === undefined ? [] : [restorableFor(restorable)]),
      ...(credentialsGone === undefined ? [] : [wentWithIdentity]),
    ]);
  },
} satisfies Predicate<RevocationArgs>;

function restorableFor(limit: string): Test {
  const longest = milliseconds(limit);
  return ({ record }, now) => {
    if (record.status === 'unknown') return undecided('status', { why: 'not-offered' });
    if (record.status !== 'deleted-recoverable' && record.status !== 'pending-deletion') return notApplicable;
    const since = statusSinceOf(record);
    if (since.state !== 'known') return lacking('statusSince', since);
    const past = now - epoch(since.value) - longest;
    return past > 0 ? fail({ code: 'restorable-too-long', observed: since.value, limit, past }) : pass;
  };
}

const off: ReadonlySet<Status> = new Set(['inactive', 'quarantined', 'expired', 'pending-deletion', 'deleted-recoverable'] as const);

/** Kinds that their identity leaves behind work on; the others wait for it. */
const wentWithIdentity: Test = ({ record, kind, identity, identityKind }) => {
  if (record.record !== 'credential' || off.has(record.status)) return notApplicable;
  const proves = fact(record, 'identity');
  if (proves.state === 'absent') return notApplicable;
  if (proves.state === 'unknown') return lacking('identity', proves);
  if (!identity) return undecided('identity', { why: 'not-looked', detail: `this run has not seen ${proves.value}` });
  if (identity.status === 'unknown')
    return undecided('status', { why: 'not-offered', detail: `nobody says whether ${identity.name} is on` });
  if (!off.has(identity.status)) return pass;
  if (record.status === 'unknown') return undecided('status', { why: 'not-offered' });
  const worksOn = identityKind?.traits.leavesBehind.includes(kind.id) ?? false;
  return fail({ code: 'outlives-identity', ref: identity.name, status: identity.status, worksOn });
};
