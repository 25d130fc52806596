import type { Look } from '../../src/connector/contract.ts';
import { type Fact, type Known, type Unknown, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { type Activities, type ActivityType, isUsedLately, lastUseOf } from './activity.ts';
import type { Counts } from './authentication-count.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

/** What the two sources of last use say of one project and type. Monitoring is left out where it could add nothing. */
export type Uses = {
  readonly type: ActivityType;
  readonly activities: Known<Activities> | Unknown;
  readonly counts?: Known<Counts> | Unknown;
};
export type LatestUse = {
  readonly lastUsedAt: Fact<Instant>;
  readonly evidence: readonly Provenance[];
  /** For people: who watched, and what such a watch does not see. */
  readonly watchedBy?: string;
};

const operations: Readonly<Record<ActivityType, string>> = {
  serviceAccountLastAuthentication: call.queryServiceAccountUse,
  serviceAccountKeyLastAuthentication: call.queryServiceAccountKeyUse,
};
const analyzer = 'Activity Analyzer, by day: not domain-wide delegation, HMAC keys, or API keys bound to a service account';
const monitoring = 'Cloud Monitoring, six weeks back: also counts keys that a system only listed, as for signed URLs';

/**
 * Learns the last use of the named resources, page by page. Activity Analyzer answers for a whole project at once, and for all that it is in;
 * where that shows something as not used lately, the project is asked itself, and then Monitoring, which may still prove a use. A refusal
 * costs the last use only, and where the other source still tells it, a row says what is missing.
 */
export function openUses(session: Session, look: Look, type: ActivityType): (names: readonly (readonly string[])[]) => Promise<Uses> {
  let hasTold = false;
  const tell = (source: string, refused: Known<unknown> | Unknown, otherwise: string): void => {
    if (refused.state === 'known' || hasTold) return;
    hasTold = true;
    const state = refused.why === 'not-enabled' ? 'not-enabled' : 'skipped';
    look.leave(`${source}/${session.project}`, state, `last use is told by ${otherwise} alone: ${refused.detail ?? refused.why}`);
  };
  return async (names) => {
    if (names.length === 0) return { type, activities: unknown('not-looked') };
    const areUsed = (activities: Known<Activities> | Unknown): boolean =>
      names.every((each) => isUsedLately(lastUseOf(activities, each), look.now()));
    const atFirst = fromLook(await look.learn(async () => known(await session.activitiesAtFirst(type))));
    if (areUsed(atFirst)) return { type, activities: atFirst };
    const activities = fromLook(await look.learn(async () => known(await session.activities(type))));
    if (areUsed(activities)) return { type, activities };
    const counts = fromLook(await look.learn(async () => known(await session.counts(type))));
    if (activities.state === 'known') tell('monitoring', counts, 'Activity Analyzer');
    if (counts.state === 'known') tell('activity-analyzer', activities, 'Cloud Monitoring, six weeks back,');
    return { type, activities, counts };
  };
}

function fromLook<T>(fact: Fact<T>): Known<T> | Unknown {
  return fact.state === 'absent' ? unknown('not-offered') : fact;
}

/** The later of what both saw; absent only since somebody watched, and unknown where nobody could. */
export function latestUseOf({ type, activities, counts }: Uses, names: readonly string[], observedAt: Instant): LatestUse {
  const { lastUsedAt: analyzed, asOf } = lastUseOf(activities, names);
  const counted = countedUse(counts, names);
  const sources = [
    { fact: analyzed, operation: operations[type], at: asOf ?? observedAt, name: analyzer },
    {
      fact: counted,
      operation: call.listTimeSeries,
      at: counts?.state === 'known' ? counts.value.until : observedAt,
      name: monitoring,
    },
  ].filter(({ fact }) => fact.state !== 'unknown');
  return {
    lastUsedAt: laterOf(analyzed, counted),
    evidence: sources.map(({ operation, at }) => ({ operation, observedAt: at, fields: ['lastUsedAt'] })),
    ...(sources.length === 0 ? {} : { watchedBy: sources.map(({ name }) => name).join('; ') }),
  };
}

function countedUse(counts: Known<Counts> | Unknown | undefined, names: readonly string[]): Fact<Instant> {
  if (counts?.state !== 'known') return counts ?? unknown('not-looked');
  const { byResource, since } = counts.value;
  const at = names.map((name) => byResource.get(name)).find((each) => each !== undefined);
  return at === undefined ? absent(since) : known(at);
}

/** What Activity Analyzer does not tell counts for nothing beside what Monitoring does, and the longer watch says since when there is none. */
function laterOf(analyzed: Fact<Instant>, counted: Fact<Instant>): Fact<Instant> {
  if (counted.state === 'unknown') return analyzed;
  if (analyzed.state === 'known' && counted.state === 'known') return analyzed.value > counted.value ? analyzed : counted;
  return analyzed.state === 'unknown' || counted.state === 'known' ? counted : analyzed;
}
