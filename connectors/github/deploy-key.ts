// https://docs.github.com/rest/deploy-keys/deploy-keys#list-deploy-keys
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { emailsOf, ownerOf } from './account-owner.ts';
import { type Unsure, moment, numericId } from './field.ts';
import { pages } from './pages.ts';
import { sshFingerprint, sshLastUse } from './public-key.ts';
import { indexOperation } from './repository-index.ts';
import { type InRepository, readParts, scopeOf } from './repository-parts.ts';
import { propertiesOperation } from './repository-properties.ts';
import { inheritedFrom } from './repository-record.ts';
import type { Emails } from './saml-identities.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /repos/{owner}/{repo}/keys';

export const deployKeyKind = defineKind({
  id: 'github.deploy_key',
  title: 'Deploy key',
  record: 'credential',
  proves: 'Reads, or reads and writes, one repository over SSH, as no user in particular.',
  remedy: { delete: 'gh api --method DELETE /repos/{scope.repository}/keys/{id}' },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['gone from the keys of the repository'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

export type DeployKey = RestEndpointMethodTypes['repos']['listDeployKeys']['response']['data'][number];
type Item = Unsure<DeployKey> | null;
type Raw = InRepository<Item> & { readonly emails: Fact<Emails> };

export const deployKey = defineSurface<GitHubSession, Raw>({
  id: 'github.deploy_key',
  title: 'Deploy keys of the repositories',
  source: 'https://docs.github.com/rest/deploy-keys/deploy-keys',
  level: 'organization',
  kinds: [
    {
      kind: deployKeyKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        lastUsedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        privilege: 'exposed',
        fingerprint: 'exposed',
        owner: 'exposed',
      },
    },
  ],
  operations: [
    indexOperation,
    {
      call: route,
      permission: 'administration:read',
      fields: {
        status: 'enabled',
        createdAt: 'created_at',
        rotatedAt: 'created_at',
        lastUsedAt: 'last_used',
        fingerprint: 'key',
        privilege: 'read_only',
      },
    },
    propertiesOperation,
  ],
  list,
  normalize,
});

async function* list(session: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const { client } = session;
  const emails = await emailsOf(session, look);
  const read = readParts<Item>(session, look, (repository) => {
    if (repository.deployKeys === 0) return [];
    const parameters = { owner: repository.owner, repo: repository.name };
    return [{ repository, scope: scopeOf(repository), pages: () => pages<Item>(client, { route, parameters }, look.signal) }];
  });
  for await (const page of read) yield page.map((each) => ({ ...each, emails }));
}

function normalize({ item: key, emails, ...around }: Raw, { observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const id = numericId(key?.id, 'id');
  // A key is never changed, only replaced by another one.
  const createdAt = moment(key?.created_at, unknown('malformed-response', 'no created_at'));
  const privilege = privilegeOf(key?.read_only);
  const { repository } = around;
  const { evidence, details, ...inherited } = inheritedFrom(around, observedAt, addedBy(key?.added_by, emails));
  const record = credential({
    id,
    kind: deployKeyKind.id,
    provider: 'github',
    ...inherited,
    name: typeof key?.title === 'string' && key.title.trim() !== '' ? key.title : `deploy key ${id}`,
    status: statusOf(key?.enabled),
    managedBy: 'customer',
    identity: absent(),
    createdAt,
    rotatedAt: createdAt,
    lastUsedAt: sshLastUse(key?.last_used),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege,
    ...(privilege.state === 'known' ? { privileges: [`${repository.owner}/${repository.name} contents:${privilege.value}`] } : {}),
    fingerprint: sshFingerprint(key?.key),
    consumers: unknown('not-offered'),
    evidence: [
      ...evidence,
      {
        operation: route,
        observedAt,
        fields: ['name', 'owners', 'status', 'createdAt', 'rotatedAt', 'lastUsedAt', 'privilege', 'fingerprint'],
      },
    ],
    details: {
      ...details,
      ...(key?.enabled === false ? { disabledBy: 'policy of the organization or enterprise' } : {}),
      ...(typeof key?.verified === 'boolean' ? { verified: String(key.verified) } : {}),
    },
  });
  return [record];
}

/** Older servers do not send `enabled`: there is no policy there that could disable a key. */
function statusOf(enabled: unknown): 'active' | 'inactive' {
  return enabled === false ? 'inactive' : 'active';
}

function privilegeOf(readOnly: unknown): Fact<PrivilegeLevel> {
  if (typeof readOnly !== 'boolean') return unknown('malformed-response', 'a key without read_only');
  return known(readOnly ? 'read' : 'write');
}

/** Null for a key whose creator is gone, and for old keys. */
function addedBy(login: unknown, emails: Fact<Emails>): readonly OwnerClaim[] {
  return typeof login === 'string' && login !== '' ? ownerOf({ login }, emails, 'added_by') : [];
}
