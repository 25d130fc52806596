import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { SaveExchange } from '../connector/record.ts';
import type { Exchange, Recording } from '../connector/recording.ts';
import type { LoadedExchange } from '../connector/replay.ts';
import { type Instant, instant } from '../model/instant.ts';
import { OperatorError } from '../model/operator-error.ts';

const manifest = 'recording.json';

export type Traffic = { readonly recordedAt: Instant; readonly exchanges: readonly LoadedExchange[] };

/** Reads a folder of recorded traffic; only the exchanges of `connectors`, which are its folders. */
export async function loadTraffic(folder: string, connectors: readonly string[]): Promise<Traffic> {
  const { recordedAt } = (await readJson(join(folder, manifest), folder)) as Recording;
  const at = instant(recordedAt);
  if (at === undefined)
    throw new OperatorError('recording-invalid', {
      message: `${manifest} has no readable recordedAt`,
      position: { file: join(folder, manifest) },
    });
  const files = (await Promise.all(connectors.map((connector) => exchangeFiles(join(folder, connector))))).flat();
  const exchanges = await Promise.all(
    files.map(async (file) => ({ file: relative(folder, file), exchange: await readExchange(file, folder) })),
  );
  return { recordedAt: at, exchanges };
}

/** Starts a folder of recorded traffic; what an earlier recording left there would answer for this one, so it must be empty. */
export async function startRecording(folder: string, recordedAt: Instant): Promise<SaveExchange> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new OperatorError('recording-not-empty', { message: `${folder} is not empty`, hint: 'give --record a new or empty folder' });
  }
  const recording: Recording = { schemaVersion: 1, recordedAt };
  await writeWhole(join(folder, manifest), recording);
  return (name, exchange) => writeWhole(join(folder, name), exchange);
}

/** Never half a file: written beside, then renamed. */
async function writeWhole(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.part`;
  await writeFile(beside, `${JSON.stringify(value, undefined, 2)}\n`);
  await rename(beside, path);
}

async function exchangeFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => join(folder, name));
  } catch (error) {
    // A connector that was not recorded has no folder; its first request then says which recording it wants.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function readExchange(path: string, folder: string): Promise<Exchange> {
  const value = await readJson(path, folder);
  if (isExchange(value)) return value;
  throw new OperatorError('recording-invalid', {
    message: 'not an exchange: it needs request.method, request.url and responses',
    position: { file: path },
  });
}

function isExchange(value: unknown): value is Exchange {
  if (typeof value !== 'object' || value === null || !('request' in value) || !('responses' in value)) return false;
  const { request, responses } = value;
  return typeof request === 'object' && request !== null && 'method' in request && 'url' in request && Array.isArray(responses);
}

async function readJson(path: string, folder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new OperatorError('recording-invalid', { message: `not JSON: ${error.message}`, position: { file: path } });
    if (error instanceof Error && 'code' in error) {
      throw new OperatorError('recording-unreadable', {
        message: `cannot read ${path} (${String(error.code)})`,
        hint: `${folder} must be a folder written by --record`,
      });
    }
    throw error;
  }
}
