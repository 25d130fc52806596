import { severities } from '../model/finding.ts';
import { text, texts } from '../model/schema.ts';
import { AssertionSchema } from './assertion.ts';
import { celArg } from './cel/argument.ts';
import { ExampleSchema } from './example.ts';
import { MatchSchema, matchProperties } from './match.ts';
import { ParametersSchema } from './parameters.ts';
import { policyStatuses } from './policy.ts';
import { durationArg, policySubjects } from './predicate.ts';
import { referable } from './referable.ts';

/** Every schema of this file is draft-07. The parts that may hold a `$parameter` are checked twice: loosely as written, strictly once bound. */
export const idPattern = '^[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*$';

/** What depends on the situation, and may therefore hold a `$parameter`. */
const bound = {
  severity: { enum: severities },
  match: MatchSchema,
  exclude: {
    type: 'array',
    items: { ...MatchSchema, minProperties: 2, required: ['because'], properties: { ...matchProperties, because: text } },
  },
  assert: { $ref: '#/definitions/assertion' },
  whenUnknown: { enum: ['report', 'fail'] },
  severityWhen: {
    type: 'array',
    items: {
      type: 'object',
      required: ['severity'],
      minProperties: 2,
      additionalProperties: false,
      properties: { match: MatchSchema, cel: celArg, severity: { enum: severities } },
    },
  },
  waivers: {
    title: '`none`, or a map with `maxDuration`',
    description: 'How long its waivers may run, where that is less than the configuration allows; `none`: there may be none.',
    anyOf: [
      { enum: ['none'] },
      { type: 'object', required: ['maxDuration'], additionalProperties: false, properties: { maxDuration: durationArg } },
    ],
  },
} as const;
export const boundKeys = new Set(Object.keys(bound));

/** What says the same in every situation. */
const fixed = {
  id: { type: 'string', title: 'an id of lower-case words', pattern: idPattern, examples: ['rotation/long-lived-credential'] },
  title: text,
  status: { enum: policyStatuses },
  subject: { enum: policySubjects },
  why: text,
  fix: text,
  mapsTo: { type: 'object', additionalProperties: { type: 'array', minItems: 1, items: text } },
  references: { type: 'array', items: { type: 'string', format: 'uri' } },
  examples: { type: 'array', items: ExampleSchema },
} as const;

/** A policy once its parameters are bound and what it overrides is merged in. */
export const BoundPolicySchema = {
  type: 'object',
  required: ['id', 'title', 'severity', 'subject', 'assert', 'why', 'fix'],
  additionalProperties: false,
  properties: { ...fixed, ...bound, disabled: { type: 'boolean' } },
  definitions: { assertion: AssertionSchema },
} as const;

const version = { enum: ['overdue/v1'] } as const;
const metadata = {
  type: 'object',
  required: ['id'],
  additionalProperties: false,
  properties: {
    id: { ...fixed.id, examples: ['acme'] },
    title: text,
    description: text,
    /** Sets to start from: `builtin:baseline`, or the id of another given set. */
    extends: { type: 'array', uniqueItems: true, items: text },
  },
} as const;

/** One document of a policy file, given the schemas of the parts that may hold a parameter. */
function fileSchema(parts: Readonly<Record<keyof typeof bound, object>>, definitions: object) {
  const policy = { ...fixed, ...parts };
  return {
    type: 'object',
    required: ['apiVersion', 'kind'],
    discriminator: { propertyName: 'kind' },
    oneOf: [
      {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'title', 'severity', 'subject', 'assert', 'why', 'fix'],
        properties: { apiVersion: version, kind: { const: 'Policy' }, params: ParametersSchema, ...policy },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['metadata'],
        properties: {
          apiVersion: version,
          kind: { const: 'PolicySet' },
          metadata,
          params: ParametersSchema,
          /** For those of its policies that say nothing themselves. */
          waivers: parts.waivers,
          include: texts,
          policies: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id'],
              additionalProperties: false,
              properties: { ...policy, disabled: { type: 'boolean' } },
            },
          },
        },
      },
    ],
    ...definitions,
  };
}

const anything = { severity: {}, match: {}, exclude: {}, assert: {}, whenUnknown: {}, severityWhen: {}, waivers: {} } as const;

/** The envelope as written, before parameters are bound. */
export const EnvelopeSchema = fileSchema(anything, {});

/** The published schema, for editors: the whole format, with `$name` wherever a value is. */
export const PolicyFileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'overdue policies, one document',
  ...fileSchema(referableParts(), { definitions: { assertion: referable(AssertionSchema) } }),
};

function referableParts(): Readonly<Record<keyof typeof bound, object>> {
  const { severity, match, exclude, assert, whenUnknown, severityWhen, waivers } = bound;
  const parts = { severity: referable(severity, true), match: referable(match), exclude: referable(exclude), assert };
  return { ...parts, whenUnknown: referable(whenUnknown, true), severityWhen: referable(severityWhen), waivers: referable(waivers) };
}
