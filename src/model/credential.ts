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
  readonly lastUsedAt: Instant;
  readonly expiresAt: Instant;
  readonly notBefore: Instant;
  readonly purpose: string;
  readonly privilege: PrivilegeLevel;
  readonly fingerprint: string;
  readonly consumers: readonly string[];
};
export type Credential = { readonly record: 'credential'; readonly trust?: readonly Trust[] } & Common & Wire<CredentialFacts>;

/** Builds a credential field by field; a raw response never gets in, so neither does a secret value. */
export function credential(input: Input<CredentialFacts> & { readonly trust?: readonly Trust[] }): Credential {
  const {
    identity,
    createdAt,
    rotatedAt,
    lastUsedAt,
    expiresAt,
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
    lastUsedAt,
    expiresAt,
    notBefore,
    purpose,
    privilege,
    fingerprint,
    consumers,
    ...layOwners(ownersUnknown),
  };
  return { record: 'credential', ...plain, ...layFacts(facts) };
}
