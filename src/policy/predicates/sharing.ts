import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { type Fact, absent, known } from '../../model/fact.ts';
import { fact } from '../../model/record.ts';
import type { Place } from '../../model/run.ts';
import type { Subject } from '../../model/subject.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { lacking, untilTheEnd } from '../facts.ts';
import { allTests } from '../logic.ts';
import type { Predicate, Test } from '../predicate.ts';
import { isOfOneEnvironment } from './sharing-environments.ts';
import { isUsedAsMeant } from './sharing-actor.ts';

const most = { type: 'integer', minimum: 1, maximum: 1000 } as const;

export const SharingArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    maxPlaces: { ...most, description: 'Its public key is shown by no more records than this, of all kinds, scopes and providers.' },
    maxWorkloads: {
      ...most,
      description:
        'No more workloads or places use it than this: those the provider has seen, those that its tag names and, of an identity, those of its credentials.',
    },
    actor: {
      enum: ['matches'],
      description:
        'What is made for persons proves a person, what is made for workloads a workload. A person is on the roster by the name of the identity; a workload is named by a tag, or its kind says so. Not applicable to kinds made for both.',
    },
    environments: {
      enum: ['single'],
      description:
        'It belongs to production or to other environments, not to both: by its tags, those of its identity or else its scope, and those of all that show the same public key.',
    },
  },
} as const satisfies JSONSchema;
export type SharingArgs = FromSchema<typeof SharingArgs>;

export const sharing = {
  says: 'It is used by one, for one thing, in one place.',
  subjects: ['credential', 'identity'],
  args: SharingArgs,
  looser: { maxPlaces: 'higher', maxWorkloads: 'higher', actor: 'removed', environments: 'removed' },
  waits({ maxPlaces, maxWorkloads, environments }) {
    const asksForKey = maxPlaces !== undefined || environments !== undefined;
    if (!asksForKey && maxWorkloads === undefined) return undefined;
    return ({ record }) =>
      (maxWorkloads !== undefined && record.record === 'identity') ||
      (asksForKey && record.record === 'credential' && typeof record.fingerprint === 'string');
  },
  test({ maxPlaces, maxWorkloads, actor, environments }) {
    return allTests<Subject>([
      ...(maxPlaces === undefined ? [] : [isShownBy(maxPlaces)]),
      ...(maxWorkloads === undefined ? [] : [isUsedBy(maxWorkloads)]),
      ...(actor === undefined ? [] : [isUsedAsMeant]),
      ...(environments === undefined ? [] : [isOfOneEnvironment]),
    ]);
  },
} satisfies Predicate<SharingArgs>;

const mostTold = 20;

function isShownBy(limit: number): Test {
  return ({ record, run }) => {
    if (record.record !== 'credential') return notApplicable;
    const fingerprint = fact(record, 'fingerprint');
    if (fingerprint.state === 'unknown') return lacking('fingerprint', fingerprint);
    if (fingerprint.state === 'absent') return notApplicable;
    if (!run) return untilTheEnd;
    const places = run.showing(fingerprint.value);
    if (places.length <= limit) return pass;
    const isOther = ({ kind, id, scope }: Place): boolean => kind !== record.kind || id !== record.id || scope !== record.scope;
    // A key that everything shares would else be told as often as there are pairs.
    const others = places
      .slice(0, mostTold + 1)
      .filter(isOther)
      .slice(0, mostTold);
    return fail({
      code: 'key-in-places',
      limit,
      others: places.length - 1,
      places: others.map(({ kind, scope, name }) => ({ kind, scope, name })),
    });
  };
}

function isUsedBy(limit: number): Test {
  return ({ record, workload, run }) => {
    const own = workload.state === 'known' ? [workload.value.id] : [];
    const ofCredentials = record.record === 'identity' ? run?.workloadsOf(record.provider, record.id) : [];
    if (!ofCredentials) return untilTheEnd;
    const workloads = [...new Set([...own, ...ofCredentials])];
    const seen = consumersOf(record);
    const consumers = seen.state === 'known' ? seen.value : [];
    const most = Math.max(workloads.length, consumers.length);
    if (most > limit)
      return fail({ code: 'several-workloads', limit, observed: (workloads.length > limit ? workloads : consumers).toSorted() });
    if (seen.state === 'unknown') return lacking('consumers', seen);
    return most === 0 ? notApplicable : pass;
  };
}

/** Kinds that are attached to nothing say nothing of it, which is no gap. */
function consumersOf(record: Subject['record']): Fact<readonly string[]> {
  if (record.record === 'grant') return absent();
  const isSilent = record.record === 'identity' && record.consumers === undefined && record.unknown?.consumers === undefined;
  const seen = isSilent ? absent() : fact(record, 'consumers');
  return seen.state === 'known' ? known([...new Set(seen.value)]) : seen;
}
