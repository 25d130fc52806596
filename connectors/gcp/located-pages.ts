import type { Look } from '../../src/connector/contract.ts';
import { UnreachableError } from '../../src/connector/refusal.ts';
import { type Json, listIn, textsIn } from './answer.ts';
import type { Api } from './api.ts';
import { answersOf } from './pages.ts';
import type { Query } from './reader.ts';
import type { Session } from './session.ts';

export type Located = { readonly api: Api; readonly path: string; readonly field: string; readonly query: Query };

/** Pages of a list that spans locations, of which Google answers with those it can reach: any other is a gap. */
export async function* locatedPages(
  { google, scope }: Pick<Session, 'google' | 'scope'>,
  look: Look,
  { api, path, field, query }: Located,
): AsyncGenerator<readonly Json[]> {
  for await (const answer of answersOf((pageToken) => google.get(api, path, { ...query, pageToken }))) {
    for (const location of textsIn(answer, 'unreachable'))
      look.gap(`${scope}/${location.replace(/.*\//, '')}`, new UnreachableError(`${location} could not be reached`));
    yield listIn(answer, field);
  }
}
