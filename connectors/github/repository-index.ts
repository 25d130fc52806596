import type { Operation } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, unknown } from '../../src/model/fact.ts';
import { type File, fileOf } from './codeowners.ts';
import { type Unsure, listed, numericId, text } from './field.ts';
import type { PageInfo } from './graphql-pages.ts';
import { oncePerSession } from './once-per-session.ts';
import type { GitHubSession } from './session.ts';
import { sharedPages } from '../../src/connector/shared-pages.ts';

/** What every surface of repositories declares for it. */
export const indexOperation: Operation = { call: 'graphql:RepositoryIndex', permission: 'metadata:read' };

/** A repository and what it has. What is undefined the index was not allowed to say, and REST must be asked. */
export type IndexedRepository = {
  /** The number that outlives a rename. */
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly archived: boolean;
  readonly disabled: boolean;
  readonly deployKeys: number | undefined;
  /** `whole`: there are no others. */
  readonly environments: { readonly names: readonly string[]; readonly whole: boolean } | undefined;
  /** Text of CODEOWNERS; absent where the repository has none. Undefined: not asked for. */
  readonly codeowners: Fact<string> | undefined;
};

// Names and counts are asked apart: where a count is refused, GraphQL gives null for the whole repository, and its name would be lost.
const connection = 'repositories(first: 100, after: $after, ownerAffiliations: OWNER, orderBy: {field: CREATED_AT, direction: ASC})';
const files = [
  ['github', '.github/'],
  ['root', ''],
  ['docs', 'docs/'],
].map(([alias = '', folder = '']) => `${alias}: object(expression: "HEAD:${folder}CODEOWNERS") { ... on Blob { text isTruncated } }`);
const parts = [
  `repositories: ${connection} { nodes { databaseId nameWithOwner isArchived isDisabled } pageInfo { hasNextPage endCursor } }`,
  `counts: ${connection} { nodes { nameWithOwner deployKeys { totalCount } } }`,
  `environments: ${connection} { nodes { nameWithOwner environments(first: 20) { nodes { name } pageInfo { hasNextPage } } } }`,
];
const owners = `codeowners: ${connection} { nodes { nameWithOwner ${files.join(' ')} } }`;

export function repositoryQuery(withCodeowners: boolean): string {
  const asked = withCodeowners ? [...parts, owners] : parts;
  return `query RepositoryIndex($org: String!, $after: String) { organization(login: $org) { ${asked.join(' ')} } }`;
}

type Named<T> = { nodes: ({ nameWithOwner: string } & T)[] };
type Node = { databaseId: number; nameWithOwner: string; isArchived: boolean; isDisabled: boolean };
type Answer = Unsure<{
  organization: {
    repositories: { nodes: Node[]; pageInfo: PageInfo };
    counts: Named<{ deployKeys: { totalCount: number } }>;
    environments: Named<{ environments: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean } } }>;
    codeowners: Named<{ github: File; root: File; docs: File }>;
  };
}>;

/** The index of all repositories that the login can see, archived ones with them: asked for once, walked by each surface. */
export const repositoriesOf = oncePerSession((session: GitHubSession, signal) => Promise.resolve(sharedPages(index(session, signal))));

/** https://docs.github.com/graphql/reference/objects#organization */
async function* index(session: GitHubSession, signal: AbortSignal): AsyncGenerator<readonly IndexedRepository[], undefined> {
  let after: string | null = null;
  do {
    const answer = await ask(session, after, signal);
    yield repositoriesIn(answer, session.settings.codeowners === true);
    after = nextCursor(answer.organization?.repositories?.pageInfo);
  } while (after !== null);
  return undefined;
}

async function ask({ client, organization, settings }: GitHubSession, after: string | null, signal: AbortSignal): Promise<Answer> {
  const query = repositoryQuery(settings.codeowners === true);
  try {
    return await client.graphql<Answer>(query, { org: organization.login, after, request: { signal } });
  } catch (error) {
    // Refused counts leave the list of names whole: then nothing of the index is lost.
    const partial =
      error instanceof Error && error.name === 'GraphqlResponseError' && 'data' in error ? (error.data as Answer | null) : undefined;
    if (!partial?.organization?.repositories?.nodes?.every((node) => node !== null)) throw error;
    return partial;
  }
}

function repositoriesIn({ organization }: Answer, withCodeowners: boolean): readonly IndexedRepository[] {
  const nodes = organization?.repositories?.nodes;
  if (!Array.isArray(nodes)) throw new MalformedError('the index of repositories came without them');
  const counts = byName(organization?.counts?.nodes);
  const environments = byName(organization?.environments?.nodes);
  const codeowners = byName(organization?.codeowners?.nodes);
  return nodes.map((node: Unsure<Node> | null) => {
    const whole = text(node?.nameWithOwner, 'nameWithOwner');
    const [owner, name] = whole.split('/');
    const count = counts.get(whole)?.deployKeys?.totalCount;
    return {
      id: numericId(node?.databaseId, 'databaseId'),
      owner: text(owner, 'nameWithOwner'),
      name: text(name, 'nameWithOwner'),
      archived: node?.isArchived === true,
      disabled: node?.isDisabled === true,
      deployKeys: typeof count === 'number' ? count : undefined,
      environments: environmentsIn(environments.get(whole)?.environments),
      codeowners: withCodeowners ? codeownersOf(codeowners.get(whole)) : undefined,
    };
  });
}

function byName<T extends { readonly nameWithOwner?: unknown }>(nodes: readonly (T | null)[] | null | undefined): ReadonlyMap<unknown, T> {
  return new Map(listed(nodes).flatMap((node) => (node ? [[node.nameWithOwner, node] as const] : [])));
}

type Environments = Unsure<{ nodes: { name: string }[]; pageInfo: { hasNextPage: boolean } }>;

function environmentsIn(environments: Environments | null | undefined): IndexedRepository['environments'] {
  const { nodes, pageInfo } = environments ?? {};
  if (!Array.isArray(nodes) || typeof pageInfo?.hasNextPage !== 'boolean') return undefined;
  const names = listed<Unsure<{ name: string }> | null>(nodes).map((node) => text(node?.name, 'name of the environment'));
  return { names, whole: !pageInfo.hasNextPage };
}

function codeownersOf(node: Unsure<{ github: File; root: File; docs: File }> | undefined): Fact<string> {
  if (!node) return unknown('permission-denied', 'CODEOWNERS was not shown: it needs contents:read');
  return fileOf([node.github, node.root, node.docs]);
}

function nextCursor(page: Unsure<PageInfo> | null | undefined): string | null {
  if (typeof page?.hasNextPage !== 'boolean') throw new MalformedError('the index of repositories came without pageInfo');
  return page.hasNextPage ? text(page.endCursor, 'endCursor') : null;
}
