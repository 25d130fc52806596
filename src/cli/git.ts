import { execFile } from 'node:child_process';
import { OperatorError } from '../model/operator-error.ts';
import type { Host } from './host.ts';

const largest = 256 * 1024 * 1024;

/** Runs git, without a shell, and gives what it prints. Throws OperatorError `git-failed` with git's own words. */
export async function git(folder: string, argv: readonly string[], { env, signal }: Pick<Host, 'env' | 'signal'>): Promise<string> {
  return new Promise((resolve, reject) => {
    const settings = {
      cwd: folder,
      // Paths mean themselves; nothing is written, nobody is asked, and messages are the same everywhere.
      env: { ...env, GIT_LITERAL_PATHSPECS: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      maxBuffer: largest,
      signal,
    };
    execFile('git', [...argv], settings, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === 'ENOENT') reject(failed('git is not installed', 'a revision is read with git'));
      else reject(failed(`git ${argv[0] ?? ''} failed: ${firstLine(stderr) ?? error.message}`, 'try the same command in this folder'));
    });
  });
}

function failed(message: string, hint: string): OperatorError {
  return new OperatorError('git-failed', { message, hint });
}

function firstLine(text: string): string | undefined {
  return text.split('\n').find((line) => line.trim() !== '');
}
