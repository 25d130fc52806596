import type { Octokit } from '@octokit/rest';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Unsure, text } from './field.ts';

export type PageInfo = { hasNextPage: boolean; endCursor: string };

/** Answers to a query that takes `$after`, page after page. `pageInfoOf` finds the page in the answer; null ends the list. */
export async function* graphqlPages<Answer>(
  client: Octokit,
  { query, variables }: { readonly query: string; readonly variables: Readonly<Record<string, string>> },
  pageInfoOf: (answer: Answer) => Unsure<PageInfo> | null | undefined,
  signal: AbortSignal,
): AsyncGenerator<Answer> {
  let after: string | null = null;
  do {
    const answer: Answer = await client.graphql<Answer>(query, { ...variables, after, request: { signal } });
    if (typeof answer !== 'object' || answer === null) throw new MalformedError('GraphQL answered without data');
    const page = pageInfoOf(answer);
    yield answer;
    if (page === null) return;
    if (typeof page?.hasNextPage !== 'boolean') throw new MalformedError('a list came without pageInfo');
    after = page.hasNextPage ? text(page.endCursor, 'endCursor') : null;
  } while (after !== null);
}

/** The items of a page. Throws MalformedError where there is no list of them. */
export function nodesIn<Node>(nodes: readonly Node[] | null | undefined, what: string): readonly Node[] {
  if (!Array.isArray(nodes)) throw new MalformedError(`a list of ${what} came without them`);
  return nodes as readonly Node[];
}
