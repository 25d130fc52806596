// https://docs.github.com/rest/orgs/personal-access-tokens#list-requests-to-access-organization-resources-with-fine-grained-personal-access-tokens
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { accountId, placed } from './account-id.ts';
import { emailsOf, ownerOf } from './account-owner.ts';
import { type Unsure, moment, numericId, text } from './field.ts';
import { statusOf } from './fine-grained-token.ts';
import { pages } from './pages.ts';
import { tokenReach } from './reach.ts';
import { readThrough } from './read-through.ts';
import type { Emails } from './saml-identities.ts';
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

export type PatRequest = RestEndpointMethodTypes['orgs']['listPatGrantRequests']['response']['data'][number];
type Item = Unsure<PatRequest> | null;
type Raw = { readonly request: Item; readonly emails: Fact<Emails> };

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
  list,
  normalize,
});

/** All pages before the first record: those of one owner must come together. */
async function* list(session: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const emails = await emailsOf(session, look);
  const parameters = { org: session.organization.login, sort: 'created_at', direction: 'asc' };
  const { items, broke } = await readThrough(pages<Item>(session.client, { route, parameters }, look.signal));
  for (const requests of Map.groupBy(items, (item) => String(item?.owner?.id)).values())
    yield requests.map((request) => ({ request, emails }));
  if (broke) throw broke.error;
}

function normalize({ request: item, emails }: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const owner = { id: accountId(session.instance, item?.owner?.id, 'owner.id'), login: text(item?.owner?.login, 'owner.login') };
  const requestedAt = moment(item?.created_at, absent());
  const requestOnly = unknown('not-offered', 'GitHub tells when access was asked for, not when the token was made');
  const record = credential({
    id: placed(session.instance, numericId(item?.id, 'id')),
    kind: patRequestKind.id,
    provider: 'github',
    scope: `organization/${session.organization.login}`,
    name: text(item?.token_name, 'token_name'),
    // Waiting: here it opens nothing, whatever it does elsewhere.
    status: statusOf(item?.token_expired) === 'expired' ? 'expired' : 'inactive',
    managedBy: 'customer',
    identity: known(owner.id),
    createdAt: requestOnly,
    rotatedAt: requestOnly,
    lastUsedAt: moment(item?.token_last_used_at, absent(valueOf(requestedAt))),
    expiresAt: moment(item?.token_expires_at, absent()),
    notBefore: absent(),
    purpose: reasonOf(item?.reason),
    ...tokenReach(item?.permissions),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: ownerOf(owner, emails, 'token owner'),
    tags: {},
    evidence: [
      { operation: route, observedAt, fields: ['name', 'identity', 'owners', 'status', 'lastUsedAt', 'expiresAt', 'purpose', 'privilege'] },
    ],
    details: {
      tokenId: numericId(item?.token_id, 'token_id'),
      ...(requestedAt.state === 'known' ? { requestedAt: requestedAt.value } : {}),
      ...(typeof item?.repository_selection === 'string' ? { repositories: item.repository_selection } : {}),
    },
  });
  return [record];
}

function reasonOf(reason: unknown): Fact<string> {
  if (reason === null || reason === '') return absent();
  return typeof reason === 'string' ? known(reason) : unknown('malformed-response', 'no reason');
}
