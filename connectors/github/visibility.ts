const words: Readonly<Record<string, string>> = {
  all: 'all repositories',
  private: 'all private repositories',
  selected: 'selected repositories',
};

/** Which repositories see something of the organization; `all` and `private` mean future ones as well. Undefined: a visibility that is new. */
export function repositoriesSeeing(visibility: unknown): string | undefined {
  return typeof visibility === 'string' && Object.hasOwn(words, visibility) ? words[visibility] : undefined;
}
