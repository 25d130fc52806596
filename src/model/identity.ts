import type { Instant } from './instant.ts';
import { type Common, type Input, type PrivilegeLevel, type Wire, common, commonRequired, layFacts, layOwners } from './record.ts';
import { Trust } from './trust.ts';

/** Who acts: a user, role, service account, service principal, app installation, bot or agent. */
export const IdentitySchema = {
  type: 'object',
  required: commonRequired,
  additionalProperties: false,
  properties: {
    record: { const: 'identity' },
    ...common,
    trust: { type: 'array', items: Trust },
  },
} as const;

export type IdentityFacts = {
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant;
  readonly expiresAt: Instant;
  readonly purpose: string;
  readonly privilege: PrivilegeLevel;
};
export type Identity = { readonly record: 'identity'; readonly trust?: readonly Trust[] } & Common & Wire<IdentityFacts>;

export function identity(input: Input<IdentityFacts> & { readonly trust?: readonly Trust[] }): Identity {
  const { createdAt, lastUsedAt, expiresAt, purpose, privilege, ownersUnknown, ...plain } = input;
  return {
    record: 'identity',
    ...plain,
    ...layFacts({ createdAt, lastUsedAt, expiresAt, purpose, privilege, ...layOwners(ownersUnknown) }),
  };
}
