import type { Fact } from './fact.ts';
import type { Instant } from './instant.ts';
import { type Common, type Input, type PrivilegeLevel, type Wire, common, commonRequired, layFacts, layOwners } from './record.ts';
import { factText } from './schema.ts';

/** A permission that an identity holds on a scope. */
export const GrantSchema = {
  type: 'object',
  required: commonRequired,
  additionalProperties: false,
  properties: {
    record: { const: 'grant' },
    ...common,
    /** Id of the identity that holds it. */
    identity: factText,
    /** The provider's name of the role or permission. */
    permission: factText,
  },
} as const;

export type GrantFacts = {
  readonly identity: string;
  readonly permission: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant;
  readonly expiresAt: Instant;
  readonly statusSince: Instant;
  readonly purpose: string;
  readonly privilege: PrivilegeLevel;
};
export type Grant = { readonly record: 'grant' } & Common & Wire<GrantFacts>;

type GrantInput = Input<Omit<GrantFacts, 'statusSince'>> & { readonly statusSince?: Fact<Instant> };

export function grant(input: GrantInput): Grant {
  const { identity, permission, createdAt, lastUsedAt, expiresAt, statusSince, purpose, privilege, ownersUnknown, ...plain } = input;
  const since = statusSince === undefined ? {} : { statusSince };
  return {
    record: 'grant',
    ...plain,
    ...layFacts({ identity, permission, createdAt, lastUsedAt, expiresAt, ...since, purpose, privilege, ...layOwners(ownersUnknown) }),
  };
}
