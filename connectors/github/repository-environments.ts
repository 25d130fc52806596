import { MalformedError } from '../../src/connector/refusal.ts';
import { type Unsure, listed, text } from './field.ts';
import { type PageInfo, graphqlPages } from './graphql-pages.ts';
import { type ReadThrough, readThrough } from './read-through.ts';
import type { IndexedRepository } from './repository-index.ts';
import type { GitHubSession } from './session.ts';

export const environmentsQuery =
  'query RepositoryEnvironments($owner: String!, $name: String!, $after: String) { repository(owner: $owner, name: $name) { environments(first: 100, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } } }';
type Answer = Unsure<{ repository: { environments: { nodes: { name: string }[]; pageInfo: PageInfo } } }>;

/** Names of all environments of a repository with more of them than the index has. https://docs.github.com/graphql/reference/objects#environment */
export function environmentsOf(
  { client }: GitHubSession,
  { owner, name }: IndexedRepository,
  signal: AbortSignal,
): Promise<ReadThrough<string>> {
  const request = { query: environmentsQuery, variables: { owner, name } };
  return readThrough(namesIn(graphqlPages<Answer>(client, request, (answer) => answer.repository?.environments?.pageInfo, signal)));
}

async function* namesIn(answers: AsyncIterable<Answer>): AsyncGenerator<readonly string[]> {
  for await (const answer of answers) {
    const nodes = answer.repository?.environments?.nodes;
    if (!Array.isArray(nodes)) throw new MalformedError('environments of a repository came without a list');
    yield listed(nodes).map((node: Unsure<{ name: string }> | null) => text(node?.name, 'name of the environment'));
  }
}
