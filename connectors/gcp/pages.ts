import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, listIn, textIn } from './answer.ts';

/** All pages of the list in `field`, in order. `read` asks for the page behind a token; the first has none. */
export async function* pagesOf(field: string, read: (pageToken: string | undefined) => Promise<Json>): AsyncGenerator<readonly Json[]> {
  for await (const answer of answersOf(read)) yield listIn(answer, field);
}

/** The answers themselves, for lists that say more than their items. */
export async function* answersOf(read: (pageToken: string | undefined) => Promise<Json>): AsyncGenerator<Json> {
  let token: string | undefined;
  do {
    const answer = await read(token);
    yield answer;
    const next = textIn(answer, 'nextPageToken');
    if (next !== undefined && next === token) throw new MalformedError('the next page is the same page again');
    token = next;
  } while (token !== undefined);
}
