/** Who is let in, in words of no provider; `deleted`: somebody who is gone and still named. */
export const parties = ['own-account', 'other-account', 'service', 'issuer', 'anyone', 'deleted'] as const;
export type Party = (typeof parties)[number];

/**
 * What must be shown beside being that subject. `claim` is said of the issuer's token or of the caller, `source` of the resource on whose
 * behalf a service asks. What is only excluded, or asked for only where it is there, narrows nothing.
 */
export const narrowings = ['external-id', 'organization', 'source', 'claim', 'address', 'mfa', 'other'] as const;
export type Narrowing = (typeof narrowings)[number];

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
    party: { enum: parties },
    narrowedBy: { type: 'array', items: { enum: narrowings } },
  },
} as const;
export type Trust = {
  readonly issuer: string;
  readonly subject: string;
  readonly audience?: string;
  /** The provider's own words: what they mean is `narrowedBy`. */
  readonly conditions?: Readonly<Record<string, string>>;
  readonly party?: Party;
  /** Left out where nothing narrows it, or where the connector does not say. */
  readonly narrowedBy?: readonly Narrowing[];
};
