import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ProviderFields, SurfaceKind } from '../../src/connector/contract.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import { placed } from './account-id.ts';
import { type Unsure, moment, numericId, text } from './field.ts';

export const gpgKeyKind = defineKind({
  id: 'github.gpg_key',
  title: 'GPG key of a user',
  record: 'credential',
  proves: 'Signs commits and tags that GitHub then shows as verified for its user; it opens nothing.',
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['gone from the GPG keys of the user'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});
export const gpgKeyFacts: SurfaceKind['facts'] = {
  createdAt: 'exposed',
  rotatedAt: 'exposed',
  expiresAt: 'exposed',
  notBefore: 'never',
  privilege: 'exposed',
  owner: 'exposed',
};
export const gpgKeyFields: ProviderFields = {
  status: ['revoked', 'expires_at'],
  createdAt: 'created_at',
  rotatedAt: 'created_at',
  expiresAt: 'expires_at',
};

export type GpgKey = RestEndpointMethodTypes['users']['listGpgKeysForUser']['response']['data'][number];
/** Whose key it is, where it was seen and how. */
export type KeyHolder = {
  readonly instance: string;
  readonly scope: string;
  readonly identity: string;
  readonly owners: readonly OwnerClaim[];
  readonly operation: string;
  readonly observedAt: Instant;
};

export function gpgKeyRecord(key: Unsure<GpgKey> | null, holder: KeyHolder): Credential {
  const keyId = text(key?.key_id, 'key_id');
  // A key is not changed, only extended or replaced by another one.
  const createdAt = moment(key?.created_at, unknown('malformed-response', 'no created_at'));
  const expiresAt = moment(key?.expires_at, absent());
  const expired = expiresAt.state === 'known' && epoch(expiresAt.value) <= epoch(holder.observedAt);
  return credential({
    id: placed(holder.instance, numericId(key?.id, 'id')),
    kind: gpgKeyKind.id,
    provider: 'github',
    scope: holder.scope,
    name: typeof key?.name === 'string' && key.name.trim() !== '' ? key.name : `GPG key ${keyId}`,
    status: key?.revoked === true ? 'inactive' : expired ? 'expired' : 'active',
    managedBy: 'customer',
    identity: known(holder.identity),
    createdAt,
    rotatedAt: createdAt,
    lastUsedAt: unknown('not-offered'),
    expiresAt,
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: known('none'),
    fingerprint: unknown('not-offered', 'GitHub gives the last 16 digits of it only'),
    consumers: unknown('not-offered'),
    owners: holder.owners,
    tags: {},
    evidence: [
      {
        operation: holder.operation,
        observedAt: holder.observedAt,
        fields: ['name', 'identity', 'status', 'createdAt', 'rotatedAt', 'expiresAt'],
      },
    ],
    details: {
      keyId,
      ...(key?.revoked === true ? { revoked: 'yes' } : {}),
      ...(key?.can_sign === false ? { signs: 'with its subkeys only' } : {}),
    },
  });
}
