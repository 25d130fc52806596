// https://docs.github.com/rest/orgs/personal-access-tokens#list-fine-grained-personal-access-tokens-with-access-to-organization-resources
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { accountId } from './account-id.ts';
import { emailsOf, ownerOf } from './account-owner.ts';
import { type Unsure, moment, numericId, text } from './field.ts';
import { pages } from './pages.ts';
import { tokenReach } from './reach.ts';
import { readThrough } from './read-through.ts';
import type { Emails } from './saml-identities.ts';
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

export type PatGrant = RestEndpointMethodTypes['orgs']['listPatGrants']['response']['data'][number];
type Item = Unsure<PatGrant> | null;
type Raw = { readonly token: Item; readonly emails: Fact<Emails> };

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
  list,
  normalize,
});

/** All pages before the first record: the list is in order of grants, and the tokens of one owner must come together. */
async function* list(session: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const { client, organization } = session;
  const emails = await emailsOf(session, look);
  const parameters = { org: organization.login, sort: 'created_at', direction: 'asc' };
  const { items, broke } = await readThrough(pages<Item>(client, { route, parameters }, look.signal));
  for (const tokens of Map.groupBy(items, (item) => String(item?.owner?.id)).values()) yield tokens.map((token) => ({ token, emails }));
  if (broke) throw broke.error;
}

function normalize({ token: item, emails }: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  // `token_id` stays with the token; `id` is the grant, which a new approval replaces.
  const id = numericId(item?.token_id, 'token_id');
  const grantedAt = moment(item?.access_granted_at, absent());
  const grantOnly = unknown('not-offered', 'GitHub tells when access was granted, not when the token was made or renewed');
  const { privilege, privileges } = tokenReach(item?.permissions);
  const owner = { id: accountId(session.instance, item?.owner?.id, 'owner.id'), login: text(item?.owner?.login, 'owner.login') };
  const record = credential({
    id,
    kind: fineGrainedPat.id,
    provider: 'github',
    scope: `organization/${session.organization.login}`,
    name: text(item?.token_name, 'token_name'),
    status: statusOf(item?.token_expired),
    managedBy: 'customer',
    identity: known(owner.id),
    createdAt: grantOnly,
    rotatedAt: grantOnly,
    // No use was seen since the organization let the token in; what it did before is not told.
    lastUsedAt: moment(item?.token_last_used_at, absent(valueOf(grantedAt))),
    expiresAt: moment(item?.token_expires_at, absent()),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege,
    privileges,
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: ownerOf(owner, emails, 'token owner'),
    tags: {},
    evidence: [{ operation: route, observedAt, fields: ['name', 'identity', 'owners', 'status', 'lastUsedAt', 'expiresAt', 'privilege'] }],
    details: {
      grantId: numericId(item?.id, 'id'),
      ...(grantedAt.state === 'known' ? { grantedAt: grantedAt.value } : {}),
      ...(typeof item?.repository_selection === 'string' ? { repositories: item.repository_selection } : {}),
    },
  });
  return [record];
}

export function statusOf(expired: unknown): 'active' | 'expired' | 'unknown' {
  if (typeof expired !== 'boolean') return 'unknown';
  return expired ? 'expired' : 'active';
}
