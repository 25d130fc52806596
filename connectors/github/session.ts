import type { Octokit } from '@octokit/rest';
import type { ConnectContext, Place } from '../../src/connector/contract.ts';
import type { Wire } from '../../src/connector/wire.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { numericId, text } from './field.ts';
import { type Login, loginOf } from './login.ts';
import type { Settings } from './settings.ts';
import { budget, clientOptions, hold, silent } from './transport.ts';

export type GitHubSession = {
  readonly client: Octokit;
  /** As GitHub writes it; the number outlives a rename. */
  readonly organization: { readonly login: string; readonly id: string };
  /** What an App's installation was granted, `organization_secrets` -> `read`. Undefined: a plain token does not tell. */
  readonly permissions: Readonly<Record<string, string>> | undefined;
  /** True where the App's installation was given some repositories only, so that others stay unseen. */
  readonly someRepositoriesOnly: boolean;
};

type Access = Pick<GitHubSession, 'client' | 'permissions' | 'someRepositoriesOnly'>;
type Network = { readonly wire: Wire; readonly baseUrl: string; readonly signal: AbortSignal };

/** One place for each organization. An App has a token, and so a rate limit, for each; a plain token has one for all. */
export async function* connect(settings: Settings, context: ConnectContext): AsyncGenerator<Place<GitHubSession>> {
  const organizations = new Map((settings.organizations ?? []).map((name) => [name.toLowerCase(), name]));
  if (organizations.size === 0) {
    throw new OperatorError('settings-missing', {
      message: 'no GitHub organization is named',
      hint: 'list them under connectors.github.organizations',
    });
  }
  const login = await loginOf(settings, context);
  const baseUrl = (settings.baseUrl ?? 'https://api.github.com').replace(/\/+$/, '');
  const shared = login.by === 'token' ? context.wire(budget) : undefined;
  for (const organization of organizations.values()) {
    const network = { wire: shared ?? context.wire(budget), baseUrl, signal: context.signal };
    yield { level: 'organization', scope: `organization/${organization}`, open: () => open(organization, login, network) };
  }
}

async function open(organization: string, login: Login, network: Network): Promise<GitHubSession> {
  const access = login.by === 'app' ? await asApp(organization, login, network) : await asToken(login, network);
  // Proves that the login reaches the organization at all, before any list is read.
  const { data } = await access.client.rest.orgs.get({ org: organization });
  return { ...access, organization: { login: text(data.login, 'login'), id: numericId(data.id, 'id') } };
}

async function asToken({ token }: Extract<Login, { by: 'token' }>, network: Network): Promise<Access> {
  return { client: await newClient(network, { auth: token }), permissions: undefined, someRepositoriesOnly: false };
}

/** One wait is left to `@octokit/auth-app`: a token younger than five seconds may be unknown to a replica, so it asks again after a 401. */
async function asApp(
  organization: string,
  { id, privateKey, installationId }: Extract<Login, { by: 'app' }>,
  network: Network,
): Promise<Access> {
  const { createAppAuth } = await import('@octokit/auth-app');
  const app = await newClient(network, { authStrategy: createAppAuth, auth: { appId: id, privateKey } });
  const installation = installationId ?? (await app.rest.apps.getOrgInstallation({ org: organization })).data.id;
  const auth = createAppAuth({ appId: id, privateKey, installationId: installation, request: app.request, log: silent });
  const { permissions, repositorySelection } = await auth({ type: 'installation' });
  return {
    client: await newClient(network, { authStrategy: () => auth }),
    permissions,
    someRepositoriesOnly: repositorySelection === 'selected',
  };
}

/**
 * Without Octokit's throttling and retry plugins: the wire below already paces and retries for all SDKs, so one place decides how long a
 * run waits, and tests need no sleeping. The plugins would queue once more, and send GraphQL no faster than one query a second.
 */
async function newClient(
  { wire, ...options }: Network,
  login: { readonly auth?: unknown; readonly authStrategy?: unknown },
): Promise<Octokit> {
  const { Octokit } = await import('@octokit/rest');
  return hold(new Octokit({ ...clientOptions(wire, options), ...login }));
}
