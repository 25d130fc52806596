import type { Octokit } from '@octokit/rest';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Unsure, text } from './field.ts';

/** A repository and how many deploy keys it has; undefined where the index was not allowed to say, and REST must be asked. */
export type IndexedRepository = {
  readonly owner: string;
  readonly name: string;
  readonly archived: boolean;
  readonly deployKeys: number | undefined;
};

// Names and counts are asked apart: where a count is refused, GraphQL gives null for the whole repository, and its name would be lost.
const connection = 'repositories(first: 100, after: $after, ownerAffiliations: OWNER, orderBy: {field: CREATED_AT, direction: ASC})';
export const repositoryQuery = [
  'query RepositoryIndex($org: String!, $after: String) { organization(login: $org) {',
  `repositories: ${connection} { nodes { nameWithOwner isArchived } pageInfo { hasNextPage endCursor } }`,
  `counts: ${connection} { nodes { nameWithOwner deployKeys { totalCount } } }`,
  '} }',
].join(' ');

type Answer = Unsure<{
  organization: {
    repositories: { nodes: { nameWithOwner: string; isArchived: boolean }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    counts: { nodes: { nameWithOwner: string; deployKeys: { totalCount: number } }[] };
  };
}>;

/** Pages of all repositories that the login can see, archived ones with them. https://docs.github.com/graphql/reference/objects#organization */
export async function* repositoryIndex(client: Octokit, org: string, signal: AbortSignal): AsyncGenerator<readonly IndexedRepository[]> {
  let after: string | null = null;
  do {
    const answer = await ask(client, { org, after }, signal);
    yield repositoriesOf(answer);
    after = nextCursor(answer);
  } while (after !== null);
}

async function ask(
  client: Octokit,
  variables: { readonly org: string; readonly after: string | null },
  signal: AbortSignal,
): Promise<Answer> {
  try {
    return await client.graphql<Answer>(repositoryQuery, { ...variables, request: { signal } });
  } catch (error) {
    // Refused counts leave the list of names whole: then nothing of the index is lost.
    const partial =
      error instanceof Error && error.name === 'GraphqlResponseError' && 'data' in error ? (error.data as Answer | null) : undefined;
    if (!partial?.organization?.repositories?.nodes?.every((node) => node !== null)) throw error;
    return partial;
  }
}

function repositoriesOf({ organization }: Answer): readonly IndexedRepository[] {
  const nodes = organization?.repositories?.nodes;
  if (!Array.isArray(nodes)) throw new MalformedError('the index of repositories came without them');
  const counts = new Map(organization?.counts?.nodes?.map((node) => [node?.nameWithOwner, node?.deployKeys?.totalCount]));
  return nodes.map((node: Unsure<{ nameWithOwner: string; isArchived: boolean }> | null) => {
    const whole = text(node?.nameWithOwner, 'nameWithOwner');
    const [owner, name] = whole.split('/');
    const count = counts.get(whole);
    return {
      owner: text(owner, 'nameWithOwner'),
      name: text(name, 'nameWithOwner'),
      archived: node?.isArchived === true,
      deployKeys: typeof count === 'number' ? count : undefined,
    };
  });
}

function nextCursor({ organization }: Answer): string | null {
  const page = organization?.repositories?.pageInfo;
  if (typeof page?.hasNextPage !== 'boolean') throw new MalformedError('the index of repositories came without pageInfo');
  return page.hasNextPage ? text(page.endCursor, 'endCursor') : null;
}
