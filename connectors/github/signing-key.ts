import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ProviderFields, SurfaceKind } from '../../src/connector/contract.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import { placed } from './account-id.ts';
import { type Unsure, moment, numericId } from './field.ts';
import type { KeyHolder } from './gpg-key.ts';
import { sshFingerprint } from './public-key.ts';

export const signingKeyKind = defineKind({
  id: 'github.ssh_signing_key',
  title: 'SSH signing key of a user',
  record: 'credential',
  proves: 'Signs commits and tags that GitHub then shows as verified for its user; it opens nothing.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['gone from the SSH signing keys of the user'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});
export const signingKeyFacts: SurfaceKind['facts'] = {
  createdAt: 'exposed',
  rotatedAt: 'exposed',
  expiresAt: 'never',
  notBefore: 'never',
  privilege: 'exposed',
  fingerprint: 'exposed',
  owner: 'exposed',
};
export const signingKeyFields: ProviderFields = { createdAt: 'created_at', rotatedAt: 'created_at', fingerprint: 'key' };

export type SigningKey = RestEndpointMethodTypes['users']['listSshSigningKeysForUser']['response']['data'][number];

export function signingKeyRecord(key: Unsure<SigningKey> | null, holder: KeyHolder): Credential {
  const id = numericId(key?.id, 'id');
  const createdAt = moment(key?.created_at, unknown('malformed-response', 'no created_at'));
  return credential({
    id: placed(holder.instance, id),
    kind: signingKeyKind.id,
    provider: 'github',
    scope: holder.scope,
    name: typeof key?.title === 'string' && key.title.trim() !== '' ? key.title : `signing key ${id}`,
    status: 'active',
    managedBy: 'customer',
    identity: known(holder.identity),
    createdAt,
    rotatedAt: createdAt,
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: known('none'),
    fingerprint: sshFingerprint(key?.key),
    consumers: unknown('not-offered'),
    owners: holder.owners,
    tags: {},
    evidence: [
      { operation: holder.operation, observedAt: holder.observedAt, fields: ['name', 'identity', 'createdAt', 'rotatedAt', 'fingerprint'] },
    ],
    details: {},
  });
}
