import type { Octokit } from '@octokit/rest';
import type { ConnectContext, Place } from '../../src/connector/contract.ts';
import { instanceOf } from './account-id.ts';
import { type Network, newClient } from './client.ts';
import { numericId, text } from './field.ts';
import { type Login, loginOf, serverToken, userToken } from './login.ts';
import { nameOfLogin, nameOfToken } from './login-name.ts';
import { NotGrantedError } from './not-granted.ts';
import { organizationsOf } from './organizations.ts';
import type { Settings } from './settings.ts';
import { budgetOf, renew, silent } from './transport.ts';

export type GitHubSession = {
  readonly client: Octokit;
  /** As GitHub writes it; the number outlives a rename. */
  readonly organization: {
    readonly login: string;
    readonly id: string;
    /** How many it has, public and private; internal ones are private. Undefined: told to its owners only. */
    readonly repositories: number | undefined;
  };
  /** What an App's installation was granted, `organization_secrets` -> `read`. Undefined: a plain token does not tell. */
  readonly permissions: Readonly<Record<string, string>> | undefined;
  /** True where the App's installation was given some repositories only, so that others stay unseen. */
  readonly someRepositoriesOnly: boolean;
  readonly login: 'app' | 'token' | 'workflow';
  /** Set where the numbers of accounts are not those of github.com: the host. */
  readonly instance: string;
  readonly settings: Settings;
  /** All organizations of the run in their order, this one among them. */
  readonly peers: readonly (() => Promise<GitHubSession>)[];
};
/** A whole GitHub Enterprise Server, seen by its administrator. */
export type ServerSession = { readonly client: Octokit; readonly instance: string };
/** One account, seen by itself. */
export type AccountSession = {
  readonly client: Octokit;
  readonly instance: string;
  readonly account: { readonly login: string; readonly id: string };
};
export type AnySession = GitHubSession | ServerSession | AccountSession;

type Access = Pick<GitHubSession, 'client' | 'permissions' | 'someRepositoriesOnly' | 'login'>;

/** One place for each organization, for the account and for the server that the settings name. */
export async function* connect(settings: Settings, context: ConnectContext): AsyncGenerator<Place<AnySession>> {
  const names = organizationsOf(settings);
  if (names.first.length > 0 || names.more) yield* organizationPlaces(settings, context, names);
  if (settings.account !== undefined) yield accountPlace(settings.account, settings, context);
  if (settings.server !== undefined) yield serverPlace(settings.server, context);
}

/** An App has a token, and so a rate limit, for each organization; a plain token has one for all. */
async function* organizationPlaces(
  settings: Settings,
  context: ConnectContext,
  names: ReturnType<typeof organizationsOf>,
): AsyncGenerator<Place<GitHubSession>> {
  const login = await loginOf(settings, context);
  const baseUrl = restApi(settings.baseUrl);
  const ends = { baseUrl, signal: context.signal };
  const shared = login.by === 'token' ? context.wire(budgetOf(nameOfLogin(login))) : undefined;
  const network = (owner: string): Network => ({ ...ends, wire: shared ?? context.wire(budgetOf(nameOfLogin(login, owner))) });
  const found = await names.more?.(login, network(settings.enterprise ?? ''));
  const organizations = new Map([...names.first, ...(found?.items ?? [])].map((name) => [name.toLowerCase(), name]));
  const peers: (() => Promise<GitHubSession>)[] = [];
  const places = [...organizations.values()].map((organization): Place<GitHubSession> => {
    const around = { instance: instanceOf(baseUrl), settings, peers };
    const opened = once(async () => ({ ...(await open(organization, login, network(organization))), ...around }));
    peers.push(opened);
    return { level: 'organization', scope: `organization/${organization}`, open: opened };
  });
  yield* places;
  if (found?.broke) throw found.broke.error;
}

function accountPlace(account: string, settings: Settings, context: ConnectContext): Place<AccountSession> {
  const open = async (): Promise<AccountSession> => {
    const token = userToken(context);
    if (token === undefined) throw new NotGrantedError('an App sees no account: that takes its own token', ['GITHUB_TOKEN of the account']);
    const network = { wire: context.wire(budgetOf(nameOfToken(token))), baseUrl: restApi(settings.baseUrl), signal: context.signal };
    const client = await newClient(network, { auth: token });
    const { data } = await client.request('GET /user', { request: { signal: context.signal } });
    const login = text(data.login, 'login');
    if (login.toLowerCase() !== account.toLowerCase())
      throw new NotGrantedError(`the token is of ${login}, not of ${account}`, [`GITHUB_TOKEN of ${account}`]);
    return { client, instance: instanceOf(network.baseUrl), account: { login, id: numericId(data.id, 'id') } };
  };
  return { level: 'account', scope: `account/${account}`, open: once(open) };
}

function serverPlace(server: NonNullable<Settings['server']>, context: ConnectContext): Place<ServerSession> {
  const baseUrl = restApi(server.baseUrl);
  const instance = instanceOf(baseUrl);
  const open = async (): Promise<ServerSession> => {
    const token = serverToken(context);
    if (token === undefined)
      throw new NotGrantedError(`no login for ${instance}`, ['GH_ENTERPRISE_TOKEN: classic token of a site administrator']);
    const network = { wire: context.wire(budgetOf(nameOfToken(token))), baseUrl, signal: context.signal };
    return { client: await newClient(network, { auth: token }), instance };
  };
  return { level: 'server', scope: `server/${instance}`, open: once(open) };
}

function restApi(baseUrl = 'https://api.github.com'): string {
  return baseUrl.replace(/\/+$/, '');
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}

type Counts = { readonly public_repos?: unknown; readonly total_private_repos?: unknown };
type Opened = Omit<GitHubSession, 'instance' | 'settings' | 'peers'>;

async function open(organization: string, login: Login, network: Network): Promise<Opened> {
  const access = login.by === 'app' ? await asApp(organization, login, network) : await asToken(login, network);
  // Proves that the login reaches the organization at all, before any list is read.
  const { data } = await access.client.rest.orgs.get({ org: organization });
  const organizationNow = { login: text(data.login, 'login'), id: numericId(data.id, 'id'), repositories: repositoriesCounted(data) };
  return { ...access, organization: organizationNow };
}

function repositoriesCounted({ public_repos: open, total_private_repos: closed }: Counts): number | undefined {
  return Number.isSafeInteger(open) && Number.isSafeInteger(closed) ? Number(open) + Number(closed) : undefined;
}

async function asToken({ token, ofWorkflow }: Extract<Login, { by: 'token' }>, network: Network): Promise<Access> {
  const client = await newClient(network, { auth: token });
  return { client, permissions: undefined, someRepositoriesOnly: false, login: ofWorkflow ? 'workflow' : 'token' };
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
    client: renew(await newClient(network, { authStrategy: () => auth })),
    permissions,
    someRepositoriesOnly: repositorySelection === 'selected',
    login: 'app',
  };
}
