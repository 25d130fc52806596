import { createPrivateKey } from 'node:crypto';
import type { ConnectContext } from '../../src/connector/contract.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import type { Settings } from './settings.ts';

export type Login =
  | { readonly by: 'app'; readonly id: string; readonly privateKey: string; readonly installationId?: number }
  /** `ofWorkflow`: made by GitHub for one run of a workflow, with rights on one repository. */
  | { readonly by: 'token'; readonly token: string; readonly ofWorkflow: boolean };

/** The login that settings and environment ask for, an App before a token. Throws OperatorError where there is none, or half of one. */
export async function loginOf({ app, organizations = [] }: Settings, context: ConnectContext): Promise<Login> {
  const { env, replaying } = context;
  if (replaying) return { by: 'token', token: 'replayed', ofWorkflow: false };
  const id = app?.id ?? env['GITHUB_APP_ID'];
  if (id !== undefined && id !== '') {
    if (app?.installationId !== undefined && organizations.length > 1) {
      throw new OperatorError('login-invalid', {
        message: 'app.installationId is one installation, of one organization',
        hint: 'leave it out: it is looked up for each organization',
      });
    }
    const privateKey = await privateKeyOf(app?.privateKeyFile, context);
    return { by: 'app', id, privateKey, ...(app?.installationId === undefined ? {} : { installationId: app.installationId }) };
  }
  const token = userToken(context);
  // Its form is that of every installation token, so that an App's token in a workflow is taken for one: the words on a refusal allow for that.
  if (token !== undefined) return { by: 'token', token, ofWorkflow: env['GITHUB_ACTIONS'] === 'true' && token.startsWith('ghs_') };
  throw new OperatorError('login-missing', {
    message: 'no login for GitHub',
    hint: 'set GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY, or GITHUB_TOKEN; with a token, fine-grained tokens are not listed and only what its owner may see is',
  });
}

/** The token of a person or machine user. */
export function userToken({ env, replaying }: Pick<ConnectContext, 'env' | 'replaying'>): string | undefined {
  return replaying ? 'replayed' : firstOf(env['GITHUB_TOKEN'], env['GH_TOKEN']);
}

/** The token of a site administrator, under the names that GitHub's own command line reads. */
export function serverToken({ env, replaying }: Pick<ConnectContext, 'env' | 'replaying'>): string | undefined {
  return replaying ? 'replayed' : firstOf(env['GH_ENTERPRISE_TOKEN'], env['GITHUB_ENTERPRISE_TOKEN']);
}

function firstOf(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((each) => each !== undefined && each !== '');
}

async function privateKeyOf(file: string | undefined, context: ConnectContext): Promise<string> {
  const { env } = context;
  const path = file ?? (env['GITHUB_APP_PRIVATE_KEY'] ? undefined : env['GITHUB_APP_PRIVATE_KEY_FILE']);
  if (path !== undefined && !context.readFile)
    throw new OperatorError('login-invalid', {
      message: `cannot read ${path} here`,
      hint: 'give the key itself in GITHUB_APP_PRIVATE_KEY',
    });
  const written = path === undefined ? env['GITHUB_APP_PRIVATE_KEY'] : await context.readFile?.(path);
  if (written === undefined || written === '') {
    throw new OperatorError('login-missing', {
      message: 'a GitHub App is named, but not its private key',
      hint: 'set GITHUB_APP_PRIVATE_KEY, GITHUB_APP_PRIVATE_KEY_FILE, or connectors.github.app.privateKeyFile',
    });
  }
  return checkedKey(written, path ?? 'GITHUB_APP_PRIVATE_KEY');
}

/** Says so here, since the signing of the first request would fail with words about DER. */
function checkedKey(written: string, from: string): string {
  // In an environment variable, line breaks often come escaped.
  const pem = written.replaceAll(String.raw`\n`, '\n');
  if (!isRsaKey(pem)) {
    throw new OperatorError('login-invalid', {
      message: `${from} is not an RSA private key in PEM form`,
      hint: 'download a private key on the settings page of the App',
    });
  }
  return pem;
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
