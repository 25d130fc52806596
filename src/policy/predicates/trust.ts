import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import type { TrustCode } from '../../model/reason.ts';
import type { Subject } from '../../model/subject.ts';
import type { Trust } from '../../model/trust.ts';
import { type Verdict, fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { allOf, allTests } from '../logic.ts';
import { hasWildcard, isVouchedFor, openIssuerOf } from '../open-issuer.ts';
import { type Predicate, type Test, claimArg } from '../predicate.ts';
import { namesRepository, repositoryIsThere } from './trust-repository.ts';

export const TrustArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    subject: {
      enum: ['exact', 'bounded'],
      description:
        '`exact`: no wildcard in whom an issuer vouches for. `bounded`: at issuers that vouch for everybody, such as those of hosted pipelines, a wildcard stays within one customer.',
    },
    audience: { enum: ['required'], description: 'A token of an issuer must be made for here.' },
    externalId: {
      enum: ['required'],
      description: 'Another account must show an external id, or be of the own organization: else it can be made to act for a third one.',
    },
    stableNames: {
      ...claimArg,
      description:
        'Whom an open issuer vouches for is named by a number too: a name, such as that of a GitHub organization, can be registered again once it is free.',
    },
    closed: { ...claimArg, description: 'It lets in nobody unless told who; a condition on who or from where in the organization counts.' },
    repository: {
      enum: ['exists'],
      description: 'A repository of GitHub that it names is there; unknown unless this run listed the repositories of that organization.',
    },
    living: { ...claimArg, description: 'Nobody whom it lets in has been deleted.' },
  },
} as const satisfies JSONSchema;
export type TrustArgs = FromSchema<typeof TrustArgs>;

export const trust = {
  says: 'It accepts the word of others only about whom it means.',
  subjects: ['credential', 'identity'],
  args: TrustArgs,
  looser: {
    subject: 'later',
    audience: 'removed',
    externalId: 'removed',
    stableNames: 'removed',
    closed: 'removed',
    repository: 'removed',
    living: 'removed',
  },
  waits: ({ repository }) => (repository === undefined ? undefined : ({ record }) => namesRepository(record)),
  test({ subject, audience, externalId, stableNames, closed, repository, living }) {
    return allTests<Subject>([
      ...(subject === undefined ? [] : [each(subject === 'exact' ? isExact : isBounded)]),
      ...(audience === undefined ? [] : [each(hasAudience)]),
      ...(externalId === undefined ? [] : [each(knowsOthers)]),
      ...(stableNames === undefined ? [] : [each(isNamedForGood)]),
      ...(closed === undefined ? [] : [each(isClosed)]),
      ...(repository === undefined ? [] : [repositoryIsThere]),
      ...(living === undefined ? [] : [each(isAlive)]),
    ]);
  },
} satisfies Predicate<TrustArgs>;

/** What lets nobody in has nothing to judge. */
function each(judge: (trust: Trust) => Verdict): Test {
  return ({ record }) => (record.record === 'grant' ? notApplicable : allOf((record.trust ?? []).map(judge)));
}

function isExact(given: Trust): Verdict {
  if (!isVouchedFor(given)) return notApplicable;
  return hasWildcard(given.subject) ? wildcard(given, 'trust-wildcard') : pass;
}

function isBounded(given: Trust): Verdict {
  const issuer = isVouchedFor(given) ? openIssuerOf(given) : undefined;
  if (!issuer) return notApplicable;
  return hasWildcard(given.subject) && issuer.bounded?.test(given.subject) !== true ? wildcard(given, 'trust-unbounded') : pass;
}

/** Who the subject leaves open may be told by a condition. Where the connector does not say what one means, nobody can tell. */
function wildcard(given: Trust, code: 'trust-wildcard' | 'trust-unbounded'): Verdict {
  const { narrowedBy, conditions } = given;
  if (narrowedBy?.some((way) => way === 'claim' || way === 'organization') === true) return pass;
  if (narrowedBy === undefined && conditions !== undefined)
    return undecided('trust', { why: 'not-offered', detail: `nobody says what the condition on ${whom(given)} means` });
  return failed(code, given);
}

function hasAudience(given: Trust): Verdict {
  if (!isVouchedFor(given)) return notApplicable;
  return given.audience === undefined || given.audience === '' ? failed('trust-no-audience', given) : pass;
}

function knowsOthers(given: Trust): Verdict {
  if (given.party !== 'other-account') return notApplicable;
  return given.narrowedBy?.some((way) => way === 'external-id' || way === 'organization') === true
    ? pass
    : failed('trust-no-external-id', given);
}

function isNamedForGood(given: Trust): Verdict {
  const stable = isVouchedFor(given) ? openIssuerOf(given)?.stable : undefined;
  if (!stable) return notApplicable;
  const said = [given.subject, ...Object.entries(given.conditions ?? {}).flat()];
  return said.some((text) => stable.test(text)) ? pass : failed('trust-name-recyclable', given);
}

const closing: ReadonlySet<string> = new Set(['external-id', 'organization', 'source', 'claim']);

function isClosed(given: Trust): Verdict {
  if (given.party !== 'anyone') return given.party === undefined ? notApplicable : pass;
  return given.narrowedBy?.some((way) => closing.has(way)) === true ? pass : failed('trust-anyone', given);
}

function isAlive(given: Trust): Verdict {
  if (given.party === undefined) return notApplicable;
  return given.party === 'deleted' ? failed('trust-deleted', given) : pass;
}

function failed(code: TrustCode, { issuer, subject }: Trust): Verdict {
  return fail({ code, issuer, subject });
}

function whom({ issuer, subject }: Trust): string {
  return `${subject === '' ? 'anybody' : subject} of ${issuer}`;
}
