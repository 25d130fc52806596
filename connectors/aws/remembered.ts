import { type Instant, epoch } from '../../src/model/instant.ts';

/** Asks once and gives the same answer until five minutes before it expires. A refusal is remembered too: it would be the same. */
export function remembered<T extends { readonly expiration?: Date }>(ask: () => Promise<T>, now: () => Instant): () => Promise<T> {
  const margin = 300_000;
  let last: Promise<T> | undefined;
  return async () => {
    const answer = await (last ??= ask());
    if (answer.expiration === undefined || answer.expiration.getTime() - margin > epoch(now())) return answer;
    last = ask();
    return last;
  };
}
