import { posix, relative, resolve, sep } from 'node:path';
import { OperatorError } from '../model/operator-error.ts';
import type { Files } from './files.ts';
import { git } from './git.ts';
import { commitOf } from './git-commit.ts';
import { type GitTree, type TreeEntry, openTree } from './git-tree.ts';
import type { Host } from './host.ts';
import { workingCopy } from './working-copy.ts';

/**
 * The files of a repository as they are in one of its revisions, whatever stands in the working copy. Files outside the repository are
 * refused, but for those that `isNamed`: what a flag of this run names is the operator's own word.
 */
export async function openRevision(ref: string, isNamed: (path: string) => boolean, host: Host): Promise<Files> {
  const root = resolve(host.cwd, (await git(host.cwd, ['rev-parse', '--show-cdup'], host)).trim());
  const tree = openTree(root, await commitOf(ref, root, host), host);

  return {
    async read(path, from, what) {
      const name = within(root, resolve(from, path));
      if (name !== undefined) {
        const { id } = await fileEntry(tree, name, ref, what);
        const [text, changedAt] = await Promise.all([tree.text(id, `${ref}:${name}`, what), tree.changedAt(name)]);
        return { file: `${ref}:${name}`, text, ...(changedAt === undefined ? {} : { changedAt }) };
      }
      if (isNamed(resolve(from, path))) return workingCopy.read(path, from, what);
      throw new OperatorError('file-unreadable', {
        message: `${what} ${path} is outside the repository, where no revision holds it`,
        hint: 'name it with a flag of this run, or keep it in the repository',
        position: { file: path },
      });
    },
    async has(path) {
      const name = within(root, path);
      return name !== undefined && (await tree.list(name)).some((entry) => entry.name === name && entry.type === 'blob');
    },
    async below(folder) {
      const name = within(root, folder);
      if (name === undefined) return (await workingCopy.below(folder)).filter(isNamed);
      return (await tree.list(name, 'deep')).filter(({ type }) => type === 'blob').map((entry) => resolve(root, entry.name));
    },
  };
}

async function fileEntry(tree: GitTree, name: string, ref: string, what: string): Promise<TreeEntry> {
  const entry = (await tree.list(name)).find((each) => each.name === name);
  if (entry?.type === 'blob') return entry;
  const problem = entry ? `is no plain file in ${ref}` : `does not exist in ${ref}`;
  throw new OperatorError('file-unreadable', { message: `${what} ${name} ${problem}`, position: { file: `${ref}:${name}` } });
}

/** The path as git writes it; undefined outside the repository. */
function within(root: string, path: string): string | undefined {
  const name = relative(root, path).split(sep).join(posix.sep);
  return name === '..' || name.startsWith('../') || posix.isAbsolute(name) ? undefined : name;
}
