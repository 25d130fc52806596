import type { FromSchema } from 'json-schema-to-ts';
import { coverageStates } from '../model/coverage.ts';
import { environments } from '../model/environment.ts';
import { severities } from '../model/finding.ts';
import { privilegeLevels, statuses } from '../model/record.ts';
import { relaxed } from '../model/relaxation.ts';
import { text, texts } from '../model/schema.ts';
import { personStatuses } from '../model/source.ts';
import { Trust } from '../model/trust.ts';
import { waiverStates } from '../model/waiver.ts';

/** Times are `91d ago`, `in 30d`, an ISO moment, `never` or `none` (absent), `unknown`. A fact that is left out is unknown. */
const time = {
  type: 'string',
  title: 'a time',
  pattern: '^(?:unknown|never|none|\\d{1,6}[mhdw] ago|in \\d{1,6}[mhdw]|\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}:\\d{2}Z)?)$',
  examples: ['91d ago', 'in 30d', 'never', 'unknown'],
} as const;

const owner = {
  type: 'object',
  required: ['ref'],
  additionalProperties: false,
  properties: {
    ref: text,
    role: { enum: ['business', 'technical'] },
    state: { enum: ['active', 'inactive', 'empty', 'gone', 'unconfirmed'] },
    status: { enum: personStatuses },
    person: text,
    group: text,
    by: { ...text, description: 'Where it was said; `tag owner` when left out.' },
    control: { enum: [true], description: 'Said by a role at the provider that lets somebody change it.' },
    address: { ...text, description: 'Where an active owner can be written to; `none` where nobody knows one.' },
    members: { type: 'array', items: text, description: 'Of a group: ids of the persons and groups in it.' },
  },
} as const;
const sibling = {
  type: 'object',
  required: ['createdAt'],
  additionalProperties: false,
  properties: { createdAt: time, expiresAt: time, lastUsedAt: time, watchedSince: time, status: { enum: statuses } },
} as const;

const identity = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    status: { enum: statuses },
    actor: { enum: ['person', 'workload'], description: 'Who is meant to act as it, where its kind says so.' },
    person: { ...text, description: 'The person of the roster that it is; `none` where a complete roster lacks it, `unknown`.' },
    survives: { enum: [true], description: 'What it proves itself with goes on working once the identity is gone.' },
  },
} as const;

const place = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: { name: text, kind: text, scope: text, environments: { type: 'array', items: { enum: environments } } },
} as const;
/** What only the whole run knows. */
const run = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    sameKey: { type: 'array', items: place, description: 'Other records that show the same public key.' },
    workloads: { type: 'array', items: text, description: 'Workloads that the credentials of the identity are named for.' },
    trustedBy: { type: 'array', items: place, description: 'Records that accept the word of the same issuer.' },
    repository: { enum: ['there', 'gone', 'unknown'], description: 'Every repository of GitHub that it names.' },
    blind: { enum: [true], description: 'Something around it could not be read.' },
  },
} as const;

const ofSubject = {
  kind: text,
  /** In place of a kind: any kind with these traits. */
  traits: {
    type: 'object',
    additionalProperties: false,
    properties: {
      expiry: { enum: ['never', 'optional', 'always'] },
      rotation: { enum: ['replace', 'in-place', 'automatic', 'none'] },
      proof: { enum: ['bearer', 'possession', 'federated', 'none'] },
      actor: { enum: ['person', 'workload'] },
    },
  },
  name: text,
  scope: text,
  status: { enum: statuses },
  managedBy: { enum: ['customer', 'provider', 'service'] },
  tags: { type: 'object', additionalProperties: { type: 'string' } },
  privilege: { enum: [...privilegeLevels, 'unknown'] },
  purpose: { ...text, description: 'What it is for; `none` where nobody says so, `unknown` where nobody could look.' },
  identity: {
    title: '`gone`, `unknown`, or a map',
    description: 'The identity behind a credential or grant; of an identity itself only `person` counts.',
    anyOf: [{ enum: ['gone', 'unknown'] }, identity],
  },
  fingerprint: { ...text, description: 'Of the public key; `none`, `unknown`.' },
  consumers: { anyOf: [{ enum: ['none', 'unknown'] }, { type: 'array', items: { type: 'string' } }] },
  trust: { type: 'array', items: Trust },
  environments: { type: 'array', items: { enum: environments } },
  declaredPrivilege: { enum: [...privilegeLevels, 'unknown'] },
  /** Since when it has its status. */
  statusSince: time,
  quarantineUntil: time,
  createdAt: time,
  rotatedAt: time,
  rotationDueAt: time,
  lastUsedAt: time,
  /** Start of the time in which its use was watched, where `lastUsedAt: never`. */
  watchedSince: time,
  expiresAt: time,
  notBefore: time,
  owners: { anyOf: [{ enum: ['unknown'] }, { type: 'array', items: owner }] },
  workload: {
    anyOf: [
      { enum: ['unknown'] },
      { type: 'object', required: ['lifecycle'], additionalProperties: false, properties: { lifecycle: text } },
    ],
  },
  vendor: { anyOf: [{ enum: ['unknown'] }, { type: 'object', additionalProperties: false, properties: { endsAt: time } }] },
  siblings: { type: 'array', items: sibling },
  run,
} as const;
const ofCoverage = { coverage: { enum: coverageStates }, connector: text, surface: text, requires: texts } as const;
const ofWaiver = {
  waiver: { enum: waiverStates },
  expires: time,
  renewals: { type: 'integer', minimum: 0 },
  problem: text,
} as const;

const ofRelaxation = { relaxation: { enum: relaxed } } as const;

const given = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: { ...ofSubject, ...ofWaiver, ...ofCoverage, ...ofRelaxation },
} as const;

/** A case that documents a policy and is executed by the tests and by `overdue policy test`. */
export const ExampleSchema = {
  type: 'object',
  required: ['name', 'given', 'expect'],
  additionalProperties: false,
  properties: { name: text, given, expect: { enum: ['pass', 'fail', 'unknown', 'not-applicable'] }, severity: { enum: severities } },
} as const;

type Record<Properties> = { readonly type: 'object'; readonly additionalProperties: false; readonly properties: Properties };
export type GivenSubject = FromSchema<Record<typeof ofSubject>>;
export type GivenOwner = FromSchema<typeof owner>;
export type GivenSibling = FromSchema<typeof sibling>;
export type GivenWaiver = FromSchema<Record<typeof ofWaiver> & { readonly required: ['waiver'] }>;
export type GivenRelaxation = FromSchema<Record<typeof ofRelaxation> & { readonly required: ['relaxation'] }>;
export type GivenRun = FromSchema<typeof run>;
export type GivenCoverage = FromSchema<Record<typeof ofCoverage & Pick<typeof ofSubject, 'scope'>> & { readonly required: ['coverage'] }>;
export type Example = Omit<FromSchema<typeof ExampleSchema>, 'given'> & {
  readonly given: GivenSubject | GivenWaiver | GivenCoverage | GivenRelaxation;
};

export function isWaiverGiven(example: Example['given']): example is GivenWaiver {
  return 'waiver' in example;
}

export function isCoverageGiven(example: Example['given']): example is GivenCoverage {
  return 'coverage' in example;
}

export function isRelaxationGiven(example: Example['given']): example is GivenRelaxation {
  return 'relaxation' in example;
}
