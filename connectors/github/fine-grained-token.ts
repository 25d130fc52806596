// https://docs.github.com/rest/orgs/personal-access-tokens#list-fine-grained-personal-access-tokens-with-access-to-organization-resources
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { type Unsure, moment, numericId, text } from './field.ts';
import { pages } from './pages.ts';
import { readThrough } from './read-through.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/personal-access-tokens';

export const fineGrainedPat = defineKind({
  id: 'github.fine_grained_pat',
  title: 'Fine-grained personal access token',
  record: 'credential',
  proves: 'Acts as its owner, with the permissions and on the repositories that it was granted in the organization.',
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
type Raw = Unsure<PatGrant> | null;

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
  operations: [{ call: route, permission: 'organization_personal_access_tokens:read' }],
  list,
  normalize,
});

/** All pages before the first record: the list is in order of grants, and the tokens of one owner must come together. */
async function* list({ client, organization }: GitHubSession, { signal }: Look): AsyncGenerator<readonly Raw[]> {
  const parameters = { org: organization.login, sort: 'created_at', direction: 'asc' };
  const { items, broke } = await readThrough(pages<Raw>(client, { route, parameters }, signal));
  yield* Map.groupBy(items, (item) => String(item?.owner?.id)).values();
  if (broke) throw broke.error;
}

function normalize(item: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  // `token_id` stays with the token; `id` is the grant, which a new approval replaces.
  const id = numericId(item?.token_id, 'token_id');
  const grantedAt = moment(item?.access_granted_at, absent());
  const grantOnly = unknown('not-offered', 'GitHub tells when access was granted, not when the token was made or renewed');
  const { privilege, privileges } = reach(item?.permissions);
  const record = credential({
    id,
    kind: fineGrainedPat.id,
    provider: 'github',
    scope: `organization/${session.organization.login}`,
    name: text(item?.token_name, 'token_name'),
    status: statusOf(item?.token_expired),
    managedBy: 'customer',
    identity: known(numericId(item?.owner?.id, 'owner.id')),
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
    owners: [{ role: 'technical', ref: text(item?.owner?.login, 'owner.login'), by: 'token owner' }],
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

function statusOf(expired: unknown): 'active' | 'expired' | 'unknown' {
  if (typeof expired !== 'boolean') return 'unknown';
  return expired ? 'expired' : 'active';
}

type Permission = { readonly on: string; readonly name: string; readonly level: unknown };

/** `repository contents:write` for each permission, and the furthest of them. */
function reach(permissions: unknown): { readonly privilege: Fact<PrivilegeLevel>; readonly privileges: readonly string[] } {
  if (!isRecord(permissions)) return { privilege: unknown('malformed-response', 'a token without permissions'), privileges: [] };
  const granted = Object.entries(permissions).flatMap(([on, levels]) => permissionsOn(on, levels));
  return { privilege: furthest(granted), privileges: granted.map(({ on, name, level }) => `${on} ${name}:${String(level)}`).toSorted() };
}

function permissionsOn(on: string, levels: unknown): readonly Permission[] {
  return isRecord(levels) ? Object.entries(levels).map(([name, level]) => ({ on, name, level })) : [];
}

/** Who writes `administration` can let others in. A level that we do not know is not taken for a low one. */
function furthest(granted: readonly Permission[]): Fact<PrivilegeLevel> {
  if (granted.some(({ name, level }) => level === 'admin' || (level === 'write' && /(?:^|_)administration$/.test(name))))
    return known('admin');
  const strange = granted.find(({ level }) => level !== 'write' && level !== 'read');
  if (strange) return unknown('malformed-response', `${strange.name} at an unknown level`);
  if (granted.some(({ level }) => level === 'write')) return known('write');
  return known(granted.length > 0 ? 'read' : 'none');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
