import { join, relative, resolve, sep } from 'node:path';
import { codeownersFolders } from '../model/codeowners.ts';
import { OperatorError } from '../model/operator-error.ts';
import type { CodeownersSettings } from '../sources/settings.ts';
import type { Host } from './host.ts';

export type CodeownersFile = { readonly repository: string; readonly path: string };

/** The CODEOWNERS files that the settings name, and those of checkouts below a folder: `<folder>/<organization>/<repository>`. */
export async function findCodeowners(
  { folder, repositories = {} }: CodeownersSettings,
  from: string,
  host: Pick<Host, 'files'>,
): Promise<readonly CodeownersFile[]> {
  const named = Object.entries(repositories).map(([repository, path]) => ({ repository, path: resolve(from, path) }));
  const checkouts = folder === undefined ? [] : await inCheckouts(resolve(from, folder), folder, host);
  // Who is named one by one is meant, whatever lies in the folder.
  return [...named, ...checkouts.filter(({ repository }) => !(repository in repositories))];
}

async function inCheckouts(root: string, asWritten: string, { files }: Pick<Host, 'files'>): Promise<readonly CodeownersFile[]> {
  const below = new Set((await files.below(root)).map((path) => relative(root, path).split(sep).join('/')));
  const repositories = new Set([...below].flatMap((path) => /^([^/]+\/[^/]+)\/(?:\.github\/|docs\/)?CODEOWNERS$/.exec(path)?.[1] ?? []));
  if (repositories.size === 0) {
    throw new OperatorError('file-unreadable', {
      message: `the folder of checkouts ${asWritten} holds no CODEOWNERS`,
      hint: 'it holds <organization>/<repository>, with CODEOWNERS in .github, at the top or in docs',
    });
  }
  return [...repositories].toSorted().flatMap((repository) => {
    const first = codeownersFolders.find((inside) => below.has(`${repository}/${inside}CODEOWNERS`));
    return first === undefined ? [] : [{ repository, path: join(root, repository, first, 'CODEOWNERS') }];
  });
}
