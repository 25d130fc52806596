import { OperatorError } from '../model/operator-error.ts';
import { git } from './git.ts';
import type { Host } from './host.ts';

/**
 * The id of the commit that a revision names. Throws OperatorError: `usage` for what can be no revision or is the name of several, `git-failed`
 * where there is none.
 */
export async function commitOf(ref: string, root: string, host: Host): Promise<string> {
  if (ref.startsWith('-') || ref.includes(':') || ref.trim() === '') {
    throw new OperatorError('usage', { message: `--config-from ${ref} is not a revision`, hint: 'such as --config-from origin/main' });
  }
  await mustNameOne(ref, root, host);
  try {
    return (await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], host)).trim();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    throw new OperatorError('git-failed', {
      message: `there is no revision ${ref} in this repository`,
      hint: 'fetch it first: a checkout in CI often holds one commit only (git fetch origin main)',
    });
  }
}

/** Where git looks for a short name, in this order. */
const places = ['', 'tags/', 'heads/', 'remotes/'];

/**
 * Of several things with one name git takes the first. Whoever may push a tag or a branch named `origin/main` would then choose what a change
 * is held against.
 */
async function mustNameOne(ref: string, root: string, host: Host): Promise<void> {
  const [name = ''] = ref.split(/[~^]|@\{/, 1);
  if (name === '' || name === 'HEAD' || name.startsWith('refs/')) return;
  const possible = places.map((place) => `refs/${place}${name}`);
  const listed = (await git(root, ['for-each-ref', '--format=%(refname)', ...possible], host)).split('\n');
  const found = possible.filter((each) => listed.includes(each));
  if (found.length < 2) return;
  throw new OperatorError('usage', {
    message: `${name} is the name of several revisions: ${found.join(', ')}`,
    hint: `say which one in full, such as --config-from ${found.at(-1) ?? ''}`,
  });
}
