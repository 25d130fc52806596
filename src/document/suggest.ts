import { distance } from 'fastest-levenshtein';

/** The known word that was probably meant, if one is near enough; the first of equals. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const limit = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let nearest = limit + 1;
  for (const each of known) {
    const far = distance(lower, each.toLowerCase());
    if (far < nearest) [best, nearest] = [each, far];
  }
  return best;
}

/** The hint for a word that is not known: what was probably meant, or what there is to choose from. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = suggest(word, known);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  return known.length > 24 ? `there are ${String(known.length)} to choose from` : `known: ${known.join(', ')}`;
}
