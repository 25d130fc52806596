import { unknownReasons } from './fact.ts';

/** Fragments that the published JSON Schemas share. A schema constant and its type always come from one place. */
export const text = { type: 'string', minLength: 1 } as const;
export const at = { type: 'string', format: 'date-time' } as const;
export const texts = { type: 'array', items: { type: 'string' } } as const;
export const named = { type: 'object', additionalProperties: { type: 'string' } } as const;
/** A fact on the wire: its plain value when known, null when absent, left out (and named under `unknown`) when unknown. */
export const factAt = { type: ['string', 'null'], format: 'date-time' } as const;
export const factText = { type: ['string', 'null'] } as const;
export const why = {
  type: 'object',
  required: ['why'],
  additionalProperties: false,
  properties: { why: { enum: unknownReasons }, detail: { type: 'string' } },
} as const;
