// https://docs.github.com/rest/deploy-keys/deploy-keys#list-deploy-keys
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { type Unsure, moment, numericId } from './field.ts';
import { pages } from './pages.ts';
import { NotGrantedError } from './permissions.ts';
import { sshFingerprint } from './public-key.ts';
import { type ReadThrough, readThrough } from './read-through.ts';
import { type IndexedRepository, repositoryIndex } from './repository-index.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /repos/{owner}/{repo}/keys';

export const deployKeyKind = defineKind({
  id: 'github.deploy_key',
  title: 'Deploy key',
  record: 'credential',
  proves: 'Reads, or reads and writes, one repository over SSH, as no user in particular.',
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
type Raw = { readonly repository: IndexedRepository; readonly key: Unsure<DeployKey> | null };

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
    { call: 'graphql:RepositoryIndex', permission: 'metadata:read' },
    { call: route, permission: 'administration:read' },
  ],
  list,
  normalize,
});

/** One page for each repository with keys. A repository that refuses is a gap of its own; an index that breaks off ends the surface. */
async function* list({ client, organization, someRepositoriesOnly }: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  let broke: ReadThrough<never>['broke'];
  async function* withKeys(): AsyncGenerator<IndexedRepository> {
    try {
      for await (const page of repositoryIndex(client, organization.login, look.signal))
        yield* page.filter(({ deployKeys }) => deployKeys !== 0);
    } catch (error) {
      broke = { error };
    }
  }
  const keysOf = async (repository: IndexedRepository) => {
    const parameters = { owner: repository.owner, repo: repository.name };
    return { repository, keys: await readThrough(pages<Raw['key']>(client, { route, parameters }, look.signal)) };
  };
  for await (const { repository, keys } of fanOut(withKeys(), 10, keysOf)) {
    look.signal.throwIfAborted();
    if (keys.items.length > 0) yield keys.items.map((key) => ({ repository, key }));
    if (keys.broke) look.gap(scopeOf(repository), keys.broke.error);
  }
  if (someRepositoriesOnly) {
    const words = `the App is installed on some repositories of ${organization.login} only; the others are not listed`;
    look.gap(`organization/${organization.login}/other repositories`, new NotGrantedError(words, ['repository access: all repositories']));
  }
  if (broke) throw broke.error;
}

function normalize({ repository, key }: Raw, { observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const id = numericId(key?.id, 'id');
  // A key is never changed, only replaced by another one.
  const createdAt = moment(key?.created_at, unknown('malformed-response', 'no created_at'));
  const privilege = privilegeOf(key?.read_only);
  const record = credential({
    id,
    kind: deployKeyKind.id,
    provider: 'github',
    scope: scopeOf(repository),
    name: typeof key?.title === 'string' && key.title.trim() !== '' ? key.title : `deploy key ${id}`,
    status: statusOf(key?.enabled),
    managedBy: 'customer',
    identity: absent(),
    createdAt,
    rotatedAt: createdAt,
    lastUsedAt: moment(
      key?.last_used ?? null,
      unknown('not-offered', 'GitHub has no last use of this key: it was not used, or before that was recorded'),
    ),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege,
    ...(privilege.state === 'known' ? { privileges: [`${repository.owner}/${repository.name} contents:${privilege.value}`] } : {}),
    fingerprint: sshFingerprint(key?.key),
    consumers: unknown('not-offered'),
    owners: ownersOf(key?.added_by),
    tags: {},
    evidence: [
      { operation: 'graphql:RepositoryIndex', observedAt, fields: ['scope', 'details'] },
      {
        operation: route,
        observedAt,
        fields: ['name', 'owners', 'status', 'createdAt', 'rotatedAt', 'lastUsedAt', 'privilege', 'fingerprint'],
      },
    ],
    details: {
      // Its Actions do not run and nothing can be pushed, but the key still reads.
      ...(repository.archived ? { repository: 'archived' } : {}),
      ...(key?.enabled === false ? { disabledBy: 'policy of the organization or enterprise' } : {}),
      ...(typeof key?.verified === 'boolean' ? { verified: String(key.verified) } : {}),
    },
  });
  return [record];
}

function scopeOf({ owner, name }: IndexedRepository): string {
  return `repository/${owner}/${name}`;
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
function ownersOf(addedBy: unknown): readonly OwnerClaim[] {
  return typeof addedBy === 'string' && addedBy !== '' ? [{ role: 'technical', ref: addedBy, by: 'added_by' }] : [];
}
