// https://docs.github.com/rest/orgs/personal-access-tokens#list-fine-grained-personal-access-tokens-with-access-to-organization-resources
import { type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Unsure, moment, numericId } from './field.ts';
import { type OwnedToken, type PatGrant, statusOf, tokenDetails, tokenParts, tokensByOwner } from './owned-token.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/personal-access-tokens';

export const fineGrainedPat = defineKind({
  id: 'github.fine_grained_pat',
  title: 'Fine-grained personal access token',
  record: 'credential',
  proves: 'Acts as its owner, with the permissions and on the repositories that it was granted in the organization.',
  remedy: { delete: 'gh api --method POST /orgs/{scope.organization}/personal-access-tokens/{details.grantId} -f action=revoke' },
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['gone from the tokens of the organization', 'GET /user with it answers 401'], tokensLive: null },
    takesWith: [],
    // https://docs.github.com/organizations/managing-programmatic-access-to-your-organization/reviewing-and-revoking-personal-access-tokens-in-your-organization
    leavesBehind: ['github.ssh_key'],
  },
});

type Item = Unsure<PatGrant> | null;
type Raw = OwnedToken<Item>;

export const fineGrainedToken = defineSurface<GitHubSession, Raw>({
  id: 'github.fine_grained_token',
  title: 'Fine-grained tokens with access to the organization',
  source: 'https://docs.github.com/rest/orgs/personal-access-tokens',
  level: 'organization',
  kinds: [
    {
      kind: fineGrainedPat,
      facts: { lastUsedAt: 'exposed', expiresAt: 'exposed', notBefore: 'never', privilege: 'exposed', owner: 'exposed' },
    },
  ],
  operations: [
    {
      call: route,
      permission: 'organization_personal_access_tokens:read',
      fields: { status: 'token_expired', lastUsedAt: 'token_last_used_at', expiresAt: 'token_expires_at', privilege: 'permissions' },
    },
  ],
  list: (session, look) => tokensByOwner<Item>(session, route, look),
  normalize,
});

function normalize(item: Raw, seen: Seen<GitHubSession>): readonly InventoryRecord[] {
  const { token } = item;
  const grantedAt = moment(token?.access_granted_at, absent());
  const grantOnly = unknown('not-offered', 'GitHub tells when access was granted, not when the token was made or renewed');
  const record = credential({
    ...tokenParts(item, grantedAt, seen),
    // `token_id` stays with the token; `id` is the grant, which a new approval replaces.
    id: numericId(token?.token_id, 'token_id'),
    kind: fineGrainedPat.id,
    status: statusOf(token?.token_expired),
    createdAt: grantOnly,
    rotatedAt: grantOnly,
    purpose: unknown('not-offered'),
    evidence: [
      {
        operation: route,
        observedAt: seen.observedAt,
        fields: ['name', 'identity', 'owners', 'status', 'lastUsedAt', 'expiresAt', 'privilege'],
      },
    ],
    details: { grantId: numericId(token?.id, 'id'), ...tokenDetails(token, 'grantedAt', grantedAt) },
  });
  return [record];
}
