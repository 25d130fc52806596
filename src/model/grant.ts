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
  readonly purpose: string;
  readonly privilege: PrivilegeLevel;
};
export type Grant = { readonly record: 'grant' } & Common & Wire<GrantFacts>;

export function grant(input: Input<GrantFacts>): Grant {
  const { identity, permission, createdAt, lastUsedAt, expiresAt, purpose, privilege, ownersUnknown, ...plain } = input;
  return {
    record: 'grant',
    ...plain,
    ...layFacts({ identity, permission, createdAt, lastUsedAt, expiresAt, purpose, privilege, ...layOwners(ownersUnknown) }),
  };
}
