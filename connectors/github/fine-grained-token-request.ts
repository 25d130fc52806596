// https://docs.github.com/rest/orgs/personal-access-tokens#list-requests-to-access-organization-resources-with-fine-grained-personal-access-tokens
import { type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { placed } from './account-id.ts';
import { type Unsure, moment, numericId } from './field.ts';
import { type OwnedToken, type PatRequest, statusOf, tokenDetails, tokenParts, tokensByOwner } from './owned-token.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/personal-access-token-requests';

export const patRequestKind = defineKind({
  id: 'github.fine_grained_pat_request',
  title: 'Fine-grained token that asks for access',
  record: 'credential',
  proves: 'Nothing in the organization yet; once approved it acts as its owner, with the permissions that it asks for.',
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['gone from the requests of the organization'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['github.fine_grained_pat', 'github.ssh_key'],
  },
});

type Item = Unsure<PatRequest> | null;
type Raw = OwnedToken<Item>;

export const fineGrainedTokenRequest = defineSurface<GitHubSession, Raw>({
  id: 'github.fine_grained_token_request',
  title: 'Fine-grained tokens that wait for access to the organization',
  source: 'https://docs.github.com/rest/orgs/personal-access-tokens',
  level: 'organization',
  kinds: [
    {
      kind: patRequestKind,
      facts: {
        lastUsedAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'never',
        purpose: 'exposed',
        privilege: 'exposed',
        owner: 'exposed',
      },
    },
  ],
  operations: [
    {
      call: route,
      permission: 'organization_personal_access_token_requests:read',
      fields: {
        status: 'token_expired',
        lastUsedAt: 'token_last_used_at',
        expiresAt: 'token_expires_at',
        purpose: 'reason',
        privilege: 'permissions',
      },
    },
  ],
  list: (session, look) => tokensByOwner<Item>(session, route, look),
  normalize,
});

function normalize(item: Raw, seen: Seen<GitHubSession>): readonly InventoryRecord[] {
  const { token } = item;
  const requestedAt = moment(token?.created_at, absent());
  const requestOnly = unknown('not-offered', 'GitHub tells when access was asked for, not when the token was made');
  const record = credential({
    ...tokenParts(item, requestedAt, seen),
    id: placed(seen.session.instance, numericId(token?.id, 'id')),
    kind: patRequestKind.id,
    // Waiting: here it opens nothing, whatever it does elsewhere.
    status: statusOf(token?.token_expired) === 'expired' ? 'expired' : 'inactive',
    createdAt: requestOnly,
    rotatedAt: requestOnly,
    purpose: reasonOf(token?.reason),
    evidence: [
      {
        operation: route,
        observedAt: seen.observedAt,
        fields: ['name', 'identity', 'owners', 'status', 'lastUsedAt', 'expiresAt', 'purpose', 'privilege'],
      },
    ],
    details: { tokenId: numericId(token?.token_id, 'token_id'), ...tokenDetails(token, 'requestedAt', requestedAt) },
  });
  return [record];
}

function reasonOf(reason: unknown): Fact<string> {
  if (reason === null || reason === '') return absent();
  return typeof reason === 'string' ? known(reason) : unknown('malformed-response', 'no reason');
}
