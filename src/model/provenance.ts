import type { Instant } from './instant.ts';

/** Where fields of a record came from and as of when. A credential report speaks of the time it was generated, not of now. */
export const Provenance = {
  type: 'object',
  required: ['operation', 'observedAt', 'fields'],
  additionalProperties: false,
  properties: {
    /** The provider's own name of the call: `iam:ListAccessKeys`, `GET /v1.0/applications`. */
    operation: { type: 'string', minLength: 1 },
    observedAt: { type: 'string', format: 'date-time' },
    fields: { type: 'array', items: { type: 'string' } },
  },
} as const;
export type Provenance = { readonly operation: string; readonly observedAt: Instant; readonly fields: readonly string[] };
