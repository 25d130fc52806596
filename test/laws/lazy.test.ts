import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const providers =
  /\/node_modules\/(?:@aws-sdk|@smithy|@azure|@azure-rest|@octokit|@google-cloud|@grpc|google-gax|google-auth-library|gaxios)\//;

/** Packages of the providers that a piece of code reads, by their addresses. */
async function sdksReadBy(code: string): Promise<readonly string[]> {
  const script = `
    import { registerHooks } from 'node:module';
    const read = [];
    registerHooks({ load(url, context, next) { read.push(url); return next(url, context); } });
    ${code}
    console.log(JSON.stringify(read));
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { timeout: 30_000 });
  const read = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as readonly string[];
  expect(read.length).toBeGreaterThan(0);
  return read.filter((url) => providers.test(url));
}

test('all declarations can be read without any SDK', async () => {
  const read = await sdksReadBy(`
    const { connectors } = await import('./connectors/index.ts');
    for (const load of Object.values(connectors)) await load();
  `);
  expect(read).toEqual([]);
}, 30_000);

test('the command line starts without any SDK', async () => {
  expect(await sdksReadBy(`await import('./src/cli/main.ts'); await import('./connectors/index.ts');`)).toEqual([]);
}, 30_000);

/** The command line asks the recorded providers for their first pages. */
function doctor(connector: string, ...settings: readonly string[]): Promise<readonly string[]> {
  const chosen = settings.flatMap((setting) => ['--set', setting]);
  const line = ['doctor', '--no-config', '--connector', connector, ...chosen, '--replay', 'fixtures/company/traffic'];
  return sdksReadBy(`
    const [{ main }, { processHost }, { connectors }] = await Promise.all([
      import('./src/cli/main.ts'), import('./src/cli/process-host.ts'), import('./connectors/index.ts'),
    ]);
    await main(${JSON.stringify(line)}, processHost(connectors));
    process.exitCode = 0;
  `);
}

test('a run reads the SDK of its own provider alone', async () => {
  const github = await doctor('github', 'github.organizations=[larkspur-foods]');
  expect(github).not.toEqual([]);
  expect(github.filter((url) => !url.includes('/@octokit/'))).toEqual([]);
}, 30_000);

test("Google's IAM library is read only where the settings ask for what it is needed for", async () => {
  const library = /\/node_modules\/(?:@google-cloud\/iam|google-gax|@grpc)\//;
  const plain = await doctor('gcp', 'gcp.projects=[larkspur-analytics]');
  expect(plain.some((url) => url.includes('/google-auth-library/'))).toBe(true);
  expect(plain.filter((url) => library.test(url))).toEqual([]);
  const asked = await doctor('gcp', 'gcp.projects=[larkspur-analytics]', 'gcp.denyPolicies=true');
  expect(asked.filter((url) => library.test(url))).not.toEqual([]);
}, 30_000);

test('the hook would see one', async () => {
  expect(await sdksReadBy(`await import('@octokit/rest');`)).not.toEqual([]);
}, 30_000);
