import type { AuthClient } from 'google-auth-library';
import type { ConnectContext, Place } from '../../src/connector/contract.ts';
import type { Budget } from '../../src/connector/pace.ts';
import type { Wire } from '../../src/connector/wire.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { type Activities, type ActivityType, readActivities } from './activity.ts';
import type { Json } from './answer.ts';
import { pagesOf, sharedPages } from './pages.ts';
import { LoginError, classify } from './refusal.ts';
import type { Settings } from './settings.ts';
import { getJson, over } from './transport.ts';

/** One project: its only way to Google, and what several surfaces read of it. */
export type Session = {
  readonly project: string;
  /** One GET of `path` with `query`. */
  get(api: Api, path: string, query: Query, signal?: AbortSignal): Promise<Json>;
  /** Raw service accounts, page by page, asked for once. */
  readonly serviceAccounts: AsyncIterable<readonly Json[]>;
  /** When service accounts or keys were last used: one paged query for the whole project, asked for once. */
  activities(type: ActivityType): Promise<Activities>;
};
export type Api = 'iam' | 'policyanalyzer';
type Query = Readonly<Record<string, string | undefined>>;

const scope = 'https://www.googleapis.com/auth/cloud-platform.read-only';

const origins: Readonly<Record<Api, string>> = {
  iam: 'https://iam.googleapis.com',
  policyanalyzer: 'https://policyanalyzer.googleapis.com',
};

// IAM v1 allows 6,000 reads a minute and project. https://cloud.google.com/iam/quotas
// Some Google APIs still throttle with a 403.
const isThrottled: NonNullable<Budget['isThrottled']> = ({ status, body }) =>
  status === 403 && /"(?:rateLimitExceeded|userRateLimitExceeded|RATE_LIMIT_EXCEEDED)"/.test(body);
const budgets: Readonly<Record<Api | 'token', Budget>> = {
  iam: { concurrency: 10, isThrottled },
  policyanalyzer: { concurrency: 2, isThrottled },
  token: { concurrency: 2, attempts: 3 },
};

type Login = { readonly client: AuthClient; readonly projects: readonly string[] };

/** One login for all projects; the token is asked for when the first project is opened, so that a refused login closes places. */
export async function* connect(settings: Settings, context: ConnectContext): AsyncGenerator<Place<Session>> {
  const { client, projects } = context.replaying ? await placeholderLogin(settings, context) : await logIn(settings, context);
  if (settings.quotaProject !== undefined) client.quotaProjectId = settings.quotaProject;
  let proof: Promise<void> | undefined;
  for (const project of projects) {
    yield {
      level: 'project',
      scope: `project/${project}`,
      async open() {
        await (proof ??= prove(client));
        return openSession(project, client, settings, context);
      },
    };
  }
}

async function logIn(settings: Settings, context: ConnectContext): Promise<Login> {
  const { GoogleAuth } = await import('google-auth-library');
  const named = settings.projects ?? projectsIn(context);
  const auth = new GoogleAuth({
    scopes: [scope],
    clientOptions: { transporterOptions: over(context.wire(budgets.token)) },
    // Unset, the library would look for a project by running gcloud and by asking a metadata server that may not be there.
    projectId: named[0] ?? 'unset',
  });
  const client = await auth.getClient().catch((error: unknown) => {
    throw classify(error) ? error : loginMissing(error);
  });
  const own = client.projectId ?? undefined;
  const projects = named.length > 0 || own === undefined ? named : [own];
  if (projects.length === 0) throw projectMissing();
  return { client, projects };
}

/** Recorded traffic needs no token, and no token endpoint is asked for one. */
async function placeholderLogin(settings: Settings, context: ConnectContext): Promise<Login> {
  const { OAuth2Client } = await import('google-auth-library');
  const projects = settings.projects ?? projectsIn(context);
  if (projects.length === 0) throw projectMissing();
  const client = new OAuth2Client();
  client.setCredentials({ access_token: 'placeholder' });
  return { client, projects };
}

function projectsIn({ env }: ConnectContext): readonly string[] {
  const project = env['GOOGLE_CLOUD_PROJECT'] ?? env['GCLOUD_PROJECT'] ?? '';
  return project === '' ? [] : [project];
}

async function prove(client: AuthClient): Promise<void> {
  try {
    await client.getRequestHeaders();
  } catch (error) {
    throw new LoginError('Google refused the login', { cause: error });
  }
}

function openSession(project: string, client: AuthClient, settings: Settings, context: ConnectContext): Session {
  const wires: Readonly<Record<Api, Wire>> = {
    iam: context.wire(budgets.iam),
    policyanalyzer: context.wire(budgets.policyanalyzer),
  };
  const get: Session['get'] = (api, path, query, signal = context.signal) => {
    const url = new URL(
      `${(settings.endpoints?.[api] ?? origins[api]).replace(/\/+$/, '')}/v1/projects/${encodeURIComponent(project)}/${path}`,
    );
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    return getJson(client, wires[api], url, signal);
  };
  const activities = new Map<ActivityType, Promise<Activities>>();
  return {
    project,
    get,
    serviceAccounts: sharedPages(pagesOf('accounts', (pageToken) => get('iam', 'serviceAccounts', { pageSize: '100', pageToken }))),
    activities(type) {
      const before = activities.get(type);
      if (before) return before;
      const path = `locations/global/activityTypes/${type}/activities:query`;
      const reading = readActivities(pagesOf('activities', (pageToken) => get('policyanalyzer', path, { pageSize: '1000', pageToken })));
      activities.set(type, reading);
      return reading;
    },
  };
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
