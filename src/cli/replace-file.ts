import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import process from 'node:process';
import { OperatorError } from '../model/operator-error.ts';
import { workingCopy } from './working-copy.ts';

/**
 * Puts a new text in the place of a file that was read before, or of none. It is written beside it and renamed, so that there is the old
 * text or the new one at every moment; the file behind a link is replaced, not the link. Throws OperatorError when somebody else has
 * changed the file in between, or it cannot be written.
 */
export async function replaceFile(path: string, before: string | undefined, after: string): Promise<void> {
  try {
    const target = before === undefined ? path : await realpath(path);
    const beside = `${target}.${String(process.pid)}.part`;
    const mode = before === undefined ? 0o666 : (await stat(target)).mode;
    try {
      await writeWhole(beside, after, mode);
      if (await hasChanged(target, before)) throw changed(path);
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  } catch (error) {
    if (error instanceof OperatorError || !(error instanceof Error) || !('code' in error)) throw error;
    throw new OperatorError('output-unwritable', {
      message: `cannot write ${path} (${String(error.code)})`,
      hint: 'it is as it was before',
      position: { file: path },
    });
  }
}

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function hasChanged(path: string, before: string | undefined): Promise<boolean> {
  return before === undefined ? workingCopy.has(path) : (await readFile(path, 'utf8')) !== before;
}

function changed(path: string): OperatorError {
  return new OperatorError('file-changed', {
    message: `${path} was changed by somebody else in the meantime`,
    hint: 'nothing was written; run the command again',
    position: { file: path },
  });
}
