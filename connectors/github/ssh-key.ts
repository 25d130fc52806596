import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, type Unknown, absent, unknown } from '../../src/model/fact.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { placed } from './account-id.ts';
import { type Unsure, moment, numericId } from './field.ts';
import type { KeyHolder } from './gpg-key.ts';
import { sshFingerprint, sshLastUse } from './public-key.ts';

/** The key of a user carries no rights of its own. */
export const reachOfUser = unknown('not-offered', 'it reaches what its user reaches');

/** As GitHub shows a key to its user, and a server to its administrator. */
export type UserKey = {
  readonly id: number | bigint;
  readonly key: string;
  readonly title: string;
  readonly created_at: string;
  readonly verified: boolean;
  readonly last_used?: string | null;
};

export type SshKeyAbout = Omit<KeyHolder, 'identity'> & {
  readonly kind: string;
  readonly identity: Fact<string>;
  readonly privilege: Fact<PrivilegeLevel>;
  readonly ownersUnknown?: Unknown;
  readonly details?: Readonly<Record<string, string>>;
};

export function sshKeyRecord(key: Unsure<UserKey> | null, about: SshKeyAbout): Credential {
  const id = numericId(key?.id, 'id');
  const createdAt = moment(key?.created_at, unknown('malformed-response', 'no created_at'));
  const { instance, operation, observedAt, details, ...plain } = about;
  return credential({
    ...plain,
    id: placed(instance, id),
    provider: 'github',
    name: typeof key?.title === 'string' && key.title.trim() !== '' ? key.title : `SSH key ${id}`,
    status: 'active',
    managedBy: 'customer',
    createdAt,
    rotatedAt: createdAt,
    lastUsedAt: sshLastUse(key?.last_used),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    fingerprint: sshFingerprint(key?.key),
    consumers: unknown('not-offered'),
    tags: {},
    evidence: [{ operation, observedAt, fields: ['name', 'identity', 'createdAt', 'rotatedAt', 'lastUsedAt', 'privilege', 'fingerprint'] }],
    details: { ...details, ...(typeof key?.verified === 'boolean' ? { verified: String(key.verified) } : {}) },
  });
}
