/**
 * A text as one word of a command line, for POSIX shells and zsh. Names are chosen by anybody: all but the plainest text stands in single
 * quotes, in which nothing has a meaning. zsh puts a command's place where a word begins with `=`.
 */
export function shellWord(text: string): string {
  return /^[\w.:/@%+,-][\w.:/@%+=,-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
