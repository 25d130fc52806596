import { severities } from '../model/finding.ts';
import { privilegeLevels, statuses } from '../model/record.ts';
import { text } from '../model/schema.ts';
import { personStatuses } from '../model/source.ts';

const time = {
  type: 'string',
  title: 'a time',
  pattern: '^(?:unknown|never|none|\\d{1,6}[mhdw] ago|in \\d{1,6}[mhdw]|\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}:\\d{2}Z)?)$',
  examples: ['91d ago', 'in 30d', 'never', 'unknown'],
} as const;
const given = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    kind: text,
    traits: {
      type: 'object',
      additionalProperties: false,
      properties: {
        expiry: { enum: ['never', 'optional', 'always'] },
        rotation: { enum: ['replace', 'in-place', 'automatic', 'none'] },
        proof: { enum: ['bearer', 'possession', 'federated', 'none'] },
      },
    },
    name: text,
    scope: text,
    status: { enum: statuses },
    managedBy: { enum: ['customer', 'provider', 'service'] },
    tags: { type: 'object', additionalProperties: { type: 'string' } },
    privilege: { enum: [...privilegeLevels, 'unknown'] },
    createdAt: time,
    rotatedAt: time,
    rotationDueAt: time,
    lastUsedAt: time,
    watchedSince: time,
    expiresAt: time,
    notBefore: time,
    owners: {
      anyOf: [
        { enum: ['unknown'] },
        {
          type: 'array',
          items: {
            type: 'object',
            required: ['ref'],
            additionalProperties: false,
            properties: {
              ref: text,
              role: { enum: ['business', 'technical'] },
              state: { enum: ['active', 'inactive', 'empty', 'gone', 'unconfirmed'] },
              status: { enum: personStatuses },
              person: text,
            },
          },
        },
      ],
    },
    workload: {
      anyOf: [
        { enum: ['unknown'] },
        { type: 'object', required: ['lifecycle'], additionalProperties: false, properties: { lifecycle: text } },
      ],
    },
    vendor: { anyOf: [{ enum: ['unknown'] }, { type: 'object', additionalProperties: false, properties: { endsAt: time } }] },
    siblings: {
      type: 'array',
      items: {
        type: 'object',
        required: ['createdAt'],
        additionalProperties: false,
        properties: { createdAt: time, expiresAt: time, status: { enum: statuses } },
      },
    },
    waiver: { enum: ['active', 'expired', 'unmatched', 'invalid'] },
    expires: time,
    problem: text,
  },
} as const;

export const ExampleSchema = {
  type: 'object',
  required: ['name', 'given', 'expect'],
  additionalProperties: false,
  properties: { name: text, given, expect: { enum: ['pass', 'fail', 'unknown', 'not-applicable'] }, severity: { enum: severities } },
} as const;
