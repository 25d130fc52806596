import type { Fact } from './fact.ts';
import type { Instant } from './instant.ts';
import { type Common, type Input, type PrivilegeLevel, type Wire, common, commonRequired, layFacts, layOwners } from './record.ts';
import { factAt, factText } from './schema.ts';
import { Trust } from './trust.ts';

/** What proves an identity: a key, secret, token, certificate or federated trust. Never its value. */
export const CredentialSchema = {
  type: 'object',
  required: commonRequired,
  additionalProperties: false,
  properties: {
    record: { const: 'credential' },
    ...common,
    /** Id of the identity it proves; null where it proves none, as a stored secret. */
    identity: factText,
    /** When its secret value last changed; equals createdAt where renewal makes a new object. */
    rotatedAt: factAt,
    /** When the provider's own schedule renews it at the latest; null where none is set. Left out by kinds that can have no schedule. */
    rotationDueAt: factAt,
    notBefore: factAt,
    /** Public fingerprint or thumbprint, to find reuse. */
    fingerprint: factText,
    /** Workloads or places seen using it. */
    consumers: { type: ['array', 'null'], items: { type: 'string' } },
    trust: { type: 'array', items: Trust },
  },
} as const;

export type CredentialFacts = {
  readonly identity: string;
  readonly createdAt: Instant;
  readonly rotatedAt: Instant;
  readonly rotationDueAt: Instant;
  readonly lastUsedAt: Instant;
  readonly expiresAt: Instant;
  readonly statusSince: Instant;
  readonly notBefore: Instant;
  readonly purpose: string;
  readonly privilege: PrivilegeLevel;
  readonly fingerprint: string;
  readonly consumers: readonly string[];
};
export type Credential = { readonly record: 'credential'; readonly trust?: readonly Trust[] } & Common & Wire<CredentialFacts>;

type CredentialInput = Input<Omit<CredentialFacts, 'rotationDueAt' | 'statusSince'>> & {
  readonly rotationDueAt?: Fact<Instant>;
  readonly statusSince?: Fact<Instant>;
  readonly trust?: readonly Trust[];
};

/** Builds a credential field by field; a raw response never gets in, so neither does a secret value. */
export function credential(input: CredentialInput): Credential {
  const {
    identity,
    createdAt,
    rotatedAt,
    rotationDueAt,
    lastUsedAt,
    expiresAt,
    statusSince,
    notBefore,
    purpose,
    privilege,
    fingerprint,
    consumers,
    ownersUnknown,
    ...plain
  } = input;
  const facts = {
    identity,
    createdAt,
    rotatedAt,
    ...(rotationDueAt === undefined ? {} : { rotationDueAt }),
    lastUsedAt,
    expiresAt,
    ...(statusSince === undefined ? {} : { statusSince }),
    notBefore,
    purpose,
    privilege,
    fingerprint,
    consumers,
    ...layOwners(ownersUnknown),
  };
  return { record: 'credential', ...plain, ...layFacts(facts) };
}
