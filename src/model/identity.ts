import type { Fact } from './fact.ts';
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
    /** Workloads or places it is attached to; null where there is none any more. Left out by kinds that are attached to nothing. */
    consumers: { type: ['array', 'null'], items: { type: 'string' } },
    trust: { type: 'array', items: Trust },
  },
} as const;

export type IdentityFacts = {
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant;
  readonly expiresAt: Instant;
  readonly statusSince: Instant;
  readonly purpose: string;
  readonly privilege: PrivilegeLevel;
  readonly consumers: readonly string[];
};
export type Identity = { readonly record: 'identity'; readonly trust?: readonly Trust[] } & Common & Wire<IdentityFacts>;

type IdentityInput = Input<Omit<IdentityFacts, 'consumers' | 'statusSince'>> & {
  readonly statusSince?: Fact<Instant>;
  readonly consumers?: Fact<readonly string[]>;
  readonly trust?: readonly Trust[];
};

export function identity(input: IdentityInput): Identity {
  const { createdAt, lastUsedAt, expiresAt, statusSince, purpose, privilege, consumers, ownersUnknown, ...plain } = input;
  const since = statusSince === undefined ? {} : { statusSince };
  const attached = consumers === undefined ? {} : { consumers };
  return {
    record: 'identity',
    ...plain,
    ...layFacts({ createdAt, lastUsedAt, expiresAt, ...since, purpose, privilege, ...attached, ...layOwners(ownersUnknown) }),
  };
}
