// https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners

/** Where a repository may keep the file; the first that is there counts. */
export const codeownersFolders = ['.github/', '', 'docs/'] as const;

/** The rule that answers for a whole repository. `line` counts from 1. */
export type WholeRule = { readonly line: number; readonly owners: readonly string[] };

const everything = new Set(['*', '**', '/**', '/**/*']);

/**
 * The last rule for everything, as written; undefined where there is none. Rules for a part of a repository say nothing of its keys and
 * secrets. One without owners takes them away again.
 */
export function wholeRule(codeowners: string): WholeRule | undefined {
  return codeowners
    .split(/\r?\n/)
    .map((text, index) => {
      const [pattern = '', ...owners] = text
        .replace(/(?:^|\s)#.*$/, '')
        .trim()
        .split(/\s+/);
      return { line: index + 1, pattern, owners };
    })
    .findLast(({ pattern }) => everything.has(pattern));
}

/**
 * The name by which an owner is looked up: `@login`, `@organization/team` or an e-mail address; undefined for anything else, which GitHub
 * does not read either. A team is held against the group of the same name in the registry.
 */
export function codeownerRef(owner: string): string | undefined {
  const [, login, team] = /^@([\w-]+)(?:\/([\w.-]+))?$/.exec(owner) ?? [];
  if (team !== undefined) return `group:${team}`;
  if (login !== undefined) return login;
  return /^[^\s@]+@[^\s@]+$/.test(owner) ? owner : undefined;
}
