import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const environment = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_SESSION_TOKEN: 'testing',
  AWS_REGION: 'eu-west-1',
};
/** Its accounts also have the policies that AWS keeps. */
const serverEnvironment = { MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' };
const ownFolder = resolve(import.meta.dirname, '../../../.cache/moto');
const patience = 120_000;

/**
 * Vitest's global setup: starts an emulator of AWS, points AWS_ENDPOINT_URL at it, and gives back how to stop it. Throws when there is
 * none to start: without it the suite would prove nothing.
 */
export default async function startMoto(): Promise<() => Promise<void>> {
  const port = await freePort();
  const server = spawn(motoServer(), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: { ...process.env, ...serverEnvironment },
  });
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4000)));
  const gone = new Promise<never>((_resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => {
      reject(new Error(`moto_server ended with ${String(code)}:\n${said}`));
    });
  });
  gone.catch(() => undefined);
  const end = (): void => {
    // The whole group: a version manager's shim leaves the server behind when only the shim is ended.
    if (server.exitCode === null && server.pid !== undefined) process.kill(-server.pid, 'SIGTERM');
  };
  process.once('exit', end);
  await Promise.race([gone, answering(`http://127.0.0.1:${String(port)}/moto-api/`)]);
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL: `http://127.0.0.1:${String(port)}` });
  return async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    process.removeListener('exit', end);
    end();
    await ended;
  };
}

/** The one on PATH, else one of our own below .cache. */
function motoServer(): string {
  if (answersHelp('moto_server')) return 'moto_server';
  const own = join(ownFolder, 'bin/moto_server');
  if (!existsSync(own)) {
    mkdirSync(ownFolder, { recursive: true });
    execFileSync('python3', ['-m', 'venv', ownFolder], { stdio: 'inherit' });
    execFileSync(join(ownFolder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', 'moto[server]'], { stdio: 'inherit' });
  }
  return own;
}

function answersHelp(command: string): boolean {
  try {
    execFileSync(command, ['--help'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => listener.once('listening', ready));
  const address = listener.address();
  await new Promise((closed) => listener.close(closed));
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}

async function answering(url: string): Promise<void> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(200)) {
    try {
      if ((await fetch(url)).ok) return;
    } catch (error) {
      // Not listening yet.
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw new Error(`moto_server did not answer within ${String(patience / 1000)} s`);
}
