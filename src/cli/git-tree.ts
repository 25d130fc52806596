import { type Instant, instant } from '../model/instant.ts';
import { decoded } from './decode.ts';
import { git, gitBytes } from './git.ts';
import type { Host } from './host.ts';

/** One entry of a commit: a file, a folder, a link or a module. */
export type TreeEntry = { readonly type: string; readonly id: string; readonly name: string };
/** What a commit holds. Paths are as git writes them, from the top of the repository. */
export type GitTree = {
  /** The entry of this name, or with `deep` all that is below it. */
  list(name: string, deep?: 'deep'): Promise<readonly TreeEntry[]>;
  /** Throws OperatorError `file-unreadable` for what is not UTF-8; `file` and `what` name it. */
  text(id: string, file: string, what: string): Promise<string>;
  /** When it was last changed; undefined in a shallow clone, whose first commit stands for all before it. */
  changedAt(name: string): Promise<Instant | undefined>;
};

export function openTree(root: string, commit: string, host: Host): GitTree {
  return {
    async list(name, deep) {
      // Nor could git be asked: an argument ends with a zero byte.
      if (name.includes('\0')) return [];
      const path = deep === undefined || name === '' ? name : `${name}/`;
      const flags = deep === undefined ? [] : ['-r'];
      return parsed(await git(root, ['ls-tree', '-z', '--full-tree', ...flags, commit, '--', ...(path === '' ? [] : [path])], host));
    },
    text: async (id, file, what) => decoded(await gitBytes(root, ['cat-file', 'blob', id], host), file, what),
    async changedAt(name) {
      if ((await git(root, ['rev-parse', '--is-shallow-repository'], host)).trim() === 'true') return undefined;
      const seconds = (await git(root, ['log', '-1', '--no-show-signature', '--format=%ct', commit, '--', name], host)).trim();
      return seconds === '' ? undefined : instant(Number(seconds) * 1000);
    },
  };
}

/** `100644 blob 8f3a…\tpolicies/own.yaml`, each ended by a zero byte. A link is a blob as well: what it holds is a path, not the text. */
function parsed(list: string): readonly TreeEntry[] {
  return list.split('\0').flatMap((line) => {
    const [, mode, type, id, name] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return mode === undefined || type === undefined || id === undefined || name === undefined
      ? []
      : [{ type: mode === '120000' ? 'link' : type, id, name }];
  });
}
