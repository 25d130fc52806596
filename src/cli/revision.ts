import { posix, relative, resolve, sep } from 'node:path';
import { instant } from '../model/instant.ts';
import { OperatorError } from '../model/operator-error.ts';
import type { Files, TextFile } from './files.ts';
import { git } from './git.ts';
import type { Host } from './host.ts';
import { workingCopy } from './working-copy.ts';

/**
 * The files of a repository as they are in one of its revisions, whatever stands in the working copy. Files outside the repository are
 * refused, but for those in `named`: what a flag of this run names is the operator's own word.
 */
export async function openRevision(ref: string, named: ReadonlySet<string>, host: Host): Promise<Files> {
  const { cwd } = host;
  if (ref.startsWith('-') || ref.includes(':') || ref.trim() === '') {
    throw new OperatorError('usage', { message: `--config-from ${ref} is not a revision`, hint: 'such as --config-from origin/main' });
  }
  const root = resolve(cwd, (await git(cwd, ['rev-parse', '--show-cdup'], host)).trim());
  const commit = (
    await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], host).catch(asUnknown(ref))
  ).trim();
  const inside = (path: string) => within(root, path);

  return {
    async read(path, from, what) {
      const name = inside(resolve(from, path));
      if (name === undefined) {
        if (named.has(resolve(from, path))) return workingCopy.read(path, from, what);
        throw new OperatorError('file-unreadable', {
          message: `${what} ${path} is outside the repository, where no revision holds it`,
          hint: 'name it with a flag of this run, or keep it in the repository',
          position: { file: path },
        });
      }
      const { type, id } = await entryAt(name, what);
      if (type !== 'blob') throw missing(what, name, ref, `is no plain file in ${ref}`);
      return fileOf(name, await git(root, ['cat-file', 'blob', id], host));
    },
    async has(path) {
      const name = inside(path);
      return name !== undefined && (await listed(name)).some((entry) => entry.name === name && entry.type === 'blob');
    },
    async below(folder) {
      const name = inside(folder);
      if (name === undefined) return named.has(folder) ? workingCopy.below(folder) : [];
      const entries = await listed(name === '' ? '' : `${name}/`, '-r');
      return entries.filter(({ type }) => type === 'blob').map((entry) => resolve(root, entry.name));
    },
  };

  async function listed(name: string, ...flags: readonly string[]): Promise<readonly Entry[]> {
    const paths = name === '' ? [] : [name];
    return parsed(await git(root, ['ls-tree', '-z', '--full-tree', ...flags, commit, '--', ...paths], host));
  }

  async function entryAt(name: string, what: string): Promise<Entry> {
    const [entry] = (await listed(name)).filter((each) => each.name === name);
    if (entry) return entry;
    throw missing(what, name, ref, `does not exist in ${ref}`);
  }

  async function fileOf(name: string, text: string): Promise<TextFile> {
    // The first commit of a shallow clone stands for all before it: its time says nothing of this file.
    const shallow = (await git(root, ['rev-parse', '--is-shallow-repository'], host)).trim() === 'true';
    const changed = shallow ? '' : (await git(root, ['log', '-1', '--format=%ct', commit, '--', name], host)).trim();
    const changedAt = changed === '' ? undefined : instant(Number(changed) * 1000);
    return { file: `${ref}:${name}`, text, ...(changedAt === undefined ? {} : { changedAt }) };
  }
}

type Entry = { readonly type: string; readonly id: string; readonly name: string };

/** `100644 blob 8f3a…\tpolicies/own.yaml`, each ended by a zero byte. A link is a blob as well: what it holds is a path, not the text. */
function parsed(list: string): readonly Entry[] {
  return list.split('\0').flatMap((line) => {
    const [, mode, type, id, name] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return mode === undefined || type === undefined || id === undefined || name === undefined
      ? []
      : [{ type: mode === '120000' ? 'link' : type, id, name }];
  });
}

/** The path as git writes it; undefined outside the repository. */
function within(root: string, path: string): string | undefined {
  const name = relative(root, path).split(sep).join(posix.sep);
  return name === '..' || name.startsWith('../') || posix.isAbsolute(name) ? undefined : name;
}

function asUnknown(ref: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof OperatorError)) throw error;
    throw new OperatorError('git-failed', {
      message: `there is no revision ${ref} in this repository`,
      hint: 'fetch it first: a checkout in CI often holds one commit only (git fetch origin main)',
    });
  };
}

function missing(what: string, name: string, ref: string, problem: string): OperatorError {
  return new OperatorError('file-unreadable', { message: `${what} ${name} ${problem}`, position: { file: `${ref}:${name}` } });
}
