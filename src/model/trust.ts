/** Whose word is accepted in place of a secret: the issuer, the subject it vouches for, and the audience. Patterns keep the provider's `*`. */
export const Trust = {
  type: 'object',
  required: ['issuer', 'subject'],
  additionalProperties: false,
  properties: {
    issuer: { type: 'string', minLength: 1 },
    subject: { type: 'string' },
    audience: { type: 'string' },
    conditions: { type: 'object', additionalProperties: { type: 'string' } },
  },
} as const;
export type Trust = {
  readonly issuer: string;
  readonly subject: string;
  readonly audience?: string;
  readonly conditions?: Readonly<Record<string, string>>;
};
