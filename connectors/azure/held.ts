import { type Json, text } from './json.ts';
import type { Privilege } from './privilege.ts';

/** What each principal holds, by its object id. */
export type Held = ReadonlyMap<string, readonly Privilege[]>;

/** Sorts grants by who holds them; `holder` is the field that names them. A grant of nobody is nobody's. */
export async function heldBy(
  pages: AsyncIterable<readonly Json[]>,
  holder: 'principalId' | 'clientId',
  reachOf: (grant: Json) => Privilege,
): Promise<Held> {
  const held = new Map<string, Privilege[]>();
  for await (const page of pages) {
    for (const grant of page) {
      const principal = text(grant[holder]);
      if (principal === undefined) continue;
      const own = held.get(principal) ?? [];
      own.push(reachOf(grant));
      held.set(principal, own);
    }
  }
  return held;
}
