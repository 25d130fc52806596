import type { AuthClient } from 'google-auth-library';
import type { ConnectContext } from '../../src/connector/contract.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { tokenBudget } from './budget.ts';
import { LoginError, classify } from './refusal.ts';
import type { Settings } from './settings.ts';
import { over } from './transport.ts';

// What may be done is the role's business. The narrower `cloud-platform.read-only` is not among the scopes that IAM, Secret Manager and
// Asset Inventory take. https://developers.google.com/identity/protocols/oauth2/scopes#iam
const scope = 'https://www.googleapis.com/auth/cloud-platform';

export type Login = { readonly client: AuthClient; readonly projects: readonly string[] };

/** Throws OperatorError where there is no usable login, or nothing to read with it. */
export async function openLogin(settings: Settings, context: ConnectContext): Promise<Login> {
  const login = context.replaying ? await placeholderLogin(settings, context) : await logIn(settings, context);
  if (settings.quotaProject !== undefined) login.client.quotaProjectId = settings.quotaProject;
  return login;
}

async function logIn(settings: Settings, context: ConnectContext): Promise<Login> {
  const { GoogleAuth, OAuth2Client } = await import('google-auth-library');
  const transporterOptions = over(context.wire(tokenBudget));
  const named = namedProjects(settings, context);
  const auth = new GoogleAuth({
    scopes: [scope],
    clientOptions: { transporterOptions },
    // Unset, the library would look for a project by running gcloud and by asking a metadata server that may not be there.
    projectId: named[0] ?? 'unset',
  });
  const client = await auth.getClient().catch((error: unknown) => {
    throw classify(error) ? error : loginMissing(error);
  });
  leadOverWire(client, new OAuth2Client({ transporterOptions }).transporter);
  const own = client.projectId ?? undefined;
  const projects = named.length > 0 || own === undefined || walks(settings) ? named : [own];
  if (projects.length === 0 && !walks(settings)) throw projectMissing();
  return { client, projects };
}

/**
 * The library hands its options neither to the token exchange inside a federated login nor to the login behind an impersonated one: both
 * would go past the wire, and so past its pacing and its end.
 */
function leadOverWire(client: AuthClient, transporter: AuthClient['transporter']): void {
  const isImpersonated = Reflect.get(client, 'sourceClient') !== undefined;
  for (let each: unknown = isImpersonated ? client : Reflect.get(client, 'stsCredential'); isObject(each); ) {
    Reflect.set(each, 'transporter', transporter);
    const exchange: unknown = Reflect.get(each, 'stsCredential');
    if (isObject(exchange)) Reflect.set(exchange, 'transporter', transporter);
    each = Reflect.get(each, 'sourceClient');
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Recorded traffic needs no token, and no token endpoint is asked for one. */
async function placeholderLogin(settings: Settings, context: ConnectContext): Promise<Login> {
  const { OAuth2Client } = await import('google-auth-library');
  const projects = namedProjects(settings, context);
  if (projects.length === 0 && !walks(settings)) throw projectMissing();
  const client = new OAuth2Client();
  client.setCredentials({ access_token: 'placeholder' });
  return { client, projects };
}

/** The project of the environment is what is meant only where the settings name nothing to read. */
function namedProjects(settings: Settings, { env }: ConnectContext): readonly string[] {
  if (settings.projects !== undefined || walks(settings)) return settings.projects ?? [];
  const project = env['GOOGLE_CLOUD_PROJECT'] ?? env['GCLOUD_PROJECT'] ?? '';
  return project === '' ? [] : [project];
}

function walks({ organizations = [], folders = [] }: Settings): boolean {
  return organizations.length + folders.length > 0;
}

/** Asks for the first token. Throws LoginError where it is refused. */
export async function prove(client: AuthClient): Promise<void> {
  try {
    await client.getRequestHeaders();
  } catch (error) {
    throw new LoginError('Google refused the login', { cause: error });
  }
}

function loginMissing(error: unknown): OperatorError {
  return new OperatorError('login-missing', {
    message: `no usable Google Cloud login: ${reasonOf(error)}`,
    hint: 'run `gcloud auth application-default login`, or let GOOGLE_APPLICATION_CREDENTIALS name a credential file',
  });
}

/** A JSON parser quotes what it stumbled over, which in a credential file may be the private key. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'the credential file is not JSON';
  return error instanceof Error ? error.message : 'the credentials could not be read';
}

function projectMissing(): OperatorError {
  return new OperatorError('project-missing', {
    message: 'no Google Cloud project to read',
    hint: 'name projects in connectors.gcp.projects, or set GOOGLE_CLOUD_PROJECT',
  });
}
