import { execFile } from 'node:child_process';
import { OperatorError } from '../model/operator-error.ts';
import type { Host } from './host.ts';

const largest = 256 * 1024 * 1024;

/** Runs git, without a shell, and gives what it prints. Throws OperatorError `git-failed` with git's own words. */
export async function git(folder: string, argv: readonly string[], host: Pick<Host, 'env' | 'signal'>): Promise<string> {
  return (await gitBytes(folder, argv, host)).toString('utf8');
}

/** The same for what may be no text. */
export async function gitBytes(folder: string, argv: readonly string[], { env, signal }: Pick<Host, 'env' | 'signal'>): Promise<Buffer> {
  const settings = {
    cwd: folder,
    env: { ...env, ...bounds },
    maxBuffer: largest,
    encoding: 'buffer',
    signal,
  } as const;
  return new Promise((resolve, reject) => {
    execFile('git', [...argv], settings, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === 'ENOENT') reject(failed('git is not installed', 'a revision is read with git'));
      else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        reject(failed(`git ${argv[0] ?? ''} gave more than 256 MB`, 'split the file'));
      else
        reject(
          failed(
            `git ${argv[0] ?? ''} failed: ${firstLine(stderr.toString('utf8')) ?? error.message}`,
            'try the same command in this folder',
          ),
        );
    });
  });
}

/** Paths mean themselves, and commits are those that were made; nothing is written, nobody is asked, and messages are the same everywhere. */
const bounds = {
  GIT_LITERAL_PATHSPECS: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

function failed(message: string, hint: string): OperatorError {
  return new OperatorError('git-failed', { message, hint });
}

function firstLine(text: string): string | undefined {
  return text.split('\n').find((line) => line.trim() !== '');
}
