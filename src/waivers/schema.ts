import type { Waiver } from '../model/waiver.ts';

const text = { type: 'string', minLength: 1 } as const;

/** A date means its whole day: granted from its start, expires at its end, in UTC. */
const day = {
  type: 'string',
  anyOf: [{ format: 'date' }, { format: 'date-time' }],
  title: 'a date or a moment in UTC',
  examples: ['2026-11-21'],
} as const;

const exact = {
  required: ['id'],
  additionalProperties: false,
  properties: {
    id: { ...text, description: "The provider's own identifier, as a finding prints it." },
    kind: { ...text, description: 'Needed only where two kinds share an id.' },
  },
} as const;

const narrow = {
  required: ['scope', 'kind', 'names'],
  additionalProperties: false,
  properties: {
    scope: { ...text, description: 'One scope, as a finding prints it: `account/111122223333`.' },
    kind: text,
    names: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      description: 'Names; `*` stands for any text, but not for a whole name.',
      items: { type: 'string', pattern: '[\\p{L}\\p{N}]', title: 'a name that holds more than `*`', examples: ['batch-*'] },
    },
  },
} as const;

const reason = {
  type: 'string',
  pattern: '\\S[\\s\\S]{8,}\\S',
  title: 'a reason of ten characters or more',
  examples: ['Vendor batch job cannot reload keys before release 8.2'],
} as const;

const former = {
  type: 'object',
  required: ['requester', 'approver', 'granted', 'expires'],
  additionalProperties: false,
  properties: { reason, requester: text, approver: text, granted: day, expires: day },
} as const;

const waiver = {
  type: 'object',
  required: ['id', 'policy', 'subject', 'reason', 'requester', 'approver', 'granted', 'expires'],
  additionalProperties: false,
  properties: {
    id: text,
    policy: text,
    subject: {
      type: 'object',
      description: 'One subject by its id, or names of one kind within one scope.',
      title: 'a subject: `id`, or `scope` with `kind` and `names`',
      allOf: [
        { if: { required: ['id'] }, else: narrow },
        { if: { not: { required: ['id'] } }, else: exact },
      ],
    },
    reason,
    requester: { ...text, description: 'E-mail address, id or alias on the roster.' },
    approver: { ...text, description: 'Another person, active on the roster.' },
    granted: day,
    expires: day,
    ticket: text,
    compensatingControl: text,
    renewals: { type: 'integer', minimum: 0, description: 'How often it was given more time.' },
    former: { type: 'array', items: former, description: 'What it was before each renewal, the oldest first.' },
  },
} as const;

/** A waiver file. */
export const waiverFileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'overdue waivers',
  type: 'object',
  required: ['apiVersion', 'kind', 'waivers'],
  additionalProperties: false,
  properties: {
    apiVersion: { const: 'overdue/v1' },
    kind: { const: 'WaiverFile' },
    waivers: { type: 'array', items: waiver },
  },
} as const;

export type WaiverFile = { readonly apiVersion: 'overdue/v1'; readonly kind: 'WaiverFile'; readonly waivers: readonly WaiverEntry[] };
/** A waiver as it is written: times may be dates. */
export type WaiverEntry = Omit<Waiver, 'source'>;
