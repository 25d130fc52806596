import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Look, ProviderFields, Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Kind, Traits } from '../../src/model/kind.ts';
import { type Unsure, moment, text } from './field.ts';
import { pages } from './pages.ts';
import { type InRepository, type Part, readParts, scopeOf } from './repository-parts.ts';
import type { IndexedRepository } from './repository-index.ts';
import { inheritedFrom } from './repository-record.ts';
import type { GitHubSession } from './session.ts';
import { repositoriesSeeing } from './visibility.ts';

/** All stored secrets have one shape; those of an organization say as well which repositories see them. */
export type OrganizationSecret = RestEndpointMethodTypes['actions']['listOrgSecrets']['response']['data']['secrets'][number];
export type RepositorySecret = RestEndpointMethodTypes['actions']['listRepoSecrets']['response']['data']['secrets'][number];
export type RawOrganizationSecret = Unsure<OrganizationSecret> | null;
export type RawRepositorySecret = InRepository<Unsure<RepositorySecret> | null>;

/** GitHub keeps a value and shows it to nobody: it neither expires nor is seen in use. */
export const secretTraits = {
  expiry: 'never',
  rotation: 'in-place',
  proof: 'bearer',
  revocation: { seen: ['the value no longer works where it was issued', 'gone from the secrets of its place'], tokensLive: null },
  takesWith: [],
  leavesBehind: [],
} satisfies Traits;

export const secretFacts: SurfaceKind['facts'] = { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'never', notBefore: 'never' };
export const secretFields: ProviderFields = { createdAt: 'created_at', rotatedAt: 'updated_at' };

type Sort = {
  readonly kind: Kind;
  readonly route: string;
  /** Part of the path that tells the sorts of secrets of one place apart: `actions`, `dependabot`. */
  readonly store: string;
  /** `used by workflows of`: whose use of it the visibility speaks of. */
  readonly usedBy: string;
};

export function organizationSecrets(route: string) {
  return ({ client, organization }: GitHubSession, { signal }: Look) =>
    pages<RawOrganizationSecret>(client, { route, parameters: { org: organization.login }, field: 'secrets' }, signal);
}

/** Of each repository: no list of the organization has them, and no count says who has none. */
export function repositorySecrets(route: string) {
  return (session: GitHubSession, look: Look) =>
    readParts<Unsure<RepositorySecret> | null>(session, look, (repository) => [secretsIn(repository, route, session, look)]);
}

function secretsIn(
  repository: IndexedRepository,
  route: string,
  { client }: GitHubSession,
  { signal }: Look,
): Part<Unsure<RepositorySecret> | null> {
  const parameters = { owner: repository.owner, repo: repository.name };
  return { repository, scope: scopeOf(repository), pages: () => pages(client, { route, parameters, field: 'secrets' }, signal) };
}

export function organizationSecret({ kind, route, store, usedBy }: Sort) {
  return (item: RawOrganizationSecret, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] => {
    const { organization } = session;
    const seen = repositoriesSeeing(item?.visibility);
    const record = credential({
      ...storedSecret(item, kind),
      id: `organizations/${organization.id}/${store}/secrets/${text(item?.name, 'name')}`,
      scope: `organization/${organization.login}`,
      ...(seen === undefined ? {} : { privileges: [`${usedBy} ${seen}`] }),
      owners: [],
      tags: {},
      evidence: [{ operation: route, observedAt, fields: ['name', 'createdAt', 'rotatedAt', 'privileges'] }],
      details: typeof item?.visibility === 'string' ? { visibility: item.visibility } : {},
    });
    return [record];
  };
}

export function repositorySecret({ kind, route, store, usedBy }: Sort) {
  return ({ item, ...around }: RawRepositorySecret, { observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] => {
    const { evidence, ...inherited } = inheritedFrom(around, observedAt);
    const record = credential({
      ...storedSecret(item, kind),
      ...inherited,
      id: `repositories/${around.repository.id}/${store}/secrets/${text(item?.name, 'name')}`,
      privileges: [`${usedBy} this repository`],
      evidence: [...evidence, { operation: route, observedAt, fields: ['name', 'createdAt', 'rotatedAt'] }],
    });
    return [record];
  };
}

type Place = Pick<Credential, 'id' | 'scope' | 'owners' | 'tags' | 'evidence' | 'details'>;

/** Names of secrets cannot be changed, so a name is an id within its place. */
export function storedSecret(item: Unsure<RepositorySecret> | null, kind: Kind): Omit<Parameters<typeof credential>[0], keyof Place> {
  const missing = unknown('malformed-response', 'no timestamp where the API always sends one');
  return {
    kind: kind.id,
    provider: 'github',
    name: text(item?.name, 'name'),
    status: 'active',
    managedBy: 'customer',
    identity: absent(),
    createdAt: moment(item?.created_at, missing),
    // Set by every write, also of the same value: the value is at least as old as this.
    rotatedAt: moment(item?.updated_at, missing),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered', 'GitHub does not know what the value opens'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
  };
}
