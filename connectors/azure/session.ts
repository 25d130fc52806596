import type { ResourceGraphClient } from '@azure/arm-resourcegraph';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { AccessToken, TokenCredential } from '@azure/identity';
import type { ConnectContext, Place } from '../../src/connector/contract.ts';
import type { Budget } from '../../src/connector/pace.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { type Cloud, cloudOf } from './cloud.ts';
import { type Granted, grantedBy } from './granted.ts';
import { chain, claimsOf, environmentOf, noLogin, openLinks, placeholder, tenantOf } from './login.ts';
import { byKey, once } from './once.ts';
import { catching } from './refused-answer.ts';
import { type Rest, type Send, restOver } from './rest.ts';
import type { Settings, TenantSettings } from './settings.ts';
import { type SignInReport, readSignIns } from './sign-in-report.ts';
import { httpClientOver, quiet } from './transport.ts';
import { type VaultClients, vaultClientsOf } from './vault-clients.ts';

/** One tenant, logged in. Clients are made when a surface first asks for them. */
export type Session = {
  readonly scope: string;
  readonly tenant: string;
  readonly cloud: Cloud;
  readonly signal: AbortSignal;
  readonly microsoftTenants: ReadonlySet<string>;
  /** What the login's own token says that it may do in Graph; undefined where it does not say. */
  granted(): Promise<Granted | undefined>;
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  graph(): Promise<Rest>;
  /** Graph's reports, which allow a few requests in ten seconds only. */
  reports(): Promise<Rest>;
  resourceManager(): Promise<Rest>;
  resourceGraph(): Promise<ResourceGraphClient>;
  /** A vault or Managed HSM. */
  vault(vaultUrl: string): VaultClients;
  /** Read once, for all surfaces. Unknown where the cloud has no such report; rejects where it is refused. */
  signIns(): Promise<Fact<SignInReport>>;
};

const budgets = {
  graph: { concurrency: 4 },
  // 5 requests in 10 seconds. https://learn.microsoft.com/en-us/graph/throttling-limits
  reports: { concurrency: 1, interval: 2000, burst: 4 },
  // 15 queries in 5 seconds. https://learn.microsoft.com/en-us/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
  resourceGraph: { concurrency: 2, interval: 334, burst: 14 },
  resourceManager: { concurrency: 8 },
  vault: { concurrency: 2 },
} as const satisfies Record<string, Budget>;

/** Places are tenants. Throws OperatorError when none of them has any login; one that is refused is closed, which is its own row. */
export async function* places(settings: Settings, context: ConnectContext): AsyncGenerator<Place<Session>> {
  const cloud = cloudOf(settings);
  const named: readonly Partial<TenantSettings>[] = settings.tenants ?? [{}];
  const doors = await Promise.all(named.map((each) => door(each, { settings, context, cloud })));
  const shut = doors.map(({ shut }) => shut).filter((each) => each !== undefined);
  if (shut[0] && shut.length === doors.length) throw shut[0];
  for (const { tenant, credential, token } of doors) {
    // AZURE_TENANT_ID may be a domain; what Entra and Azure list goes by the id.
    const id = tenant !== undefined && isTenantId(tenant) ? tenant : (tenantOf(await token) ?? tenant);
    if (id === undefined)
      throw new OperatorError('login-missing', {
        message: 'the login does not name its tenant',
        hint: 'set AZURE_TENANT_ID or connectors.azure.tenants',
      });
    yield {
      level: 'tenant',
      scope: `tenant/${id}`,
      async open() {
        await token;
        return openSession(id, credential, cloud, context, settings);
      },
    };
  }
}

function isTenantId(tenant: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant);
}

type Setting = {
  readonly settings: Settings;
  readonly context: ConnectContext;
  readonly cloud: Cloud;
};
type Door = {
  readonly tenant: string | undefined;
  readonly credential: TokenCredential;
  readonly token: Promise<AccessToken>;
  readonly shut: OperatorError | undefined;
};

/** One login for each tenant: its own where the settings name one. */
async function door(own: Partial<TenantSettings>, { settings, context, cloud }: Setting): Promise<Door> {
  const tenant = own.id ?? context.env['AZURE_TENANT_ID'];
  if (context.replaying) {
    if (tenant === undefined)
      throw new OperatorError('login-missing', {
        message: 'recorded traffic does not name its tenant',
        hint: 'set connectors.azure.tenants',
      });
    return {
      tenant,
      credential: placeholder,
      token: firstToken(placeholder, cloud),
      shut: undefined,
    };
  }
  const authority = settings.endpoints?.login ?? context.env['AZURE_AUTHORITY_HOST'] ?? cloud.login;
  const { credential: link = settings.credential } = own;
  const links = await openLinks({
    link,
    context: { ...context, env: environmentOf(own, context.env) },
    authority: authority.replace(/\/+$/, ''),
    tenant,
  });
  const credential = chain(links);
  const token = firstToken(credential, cloud);
  return { tenant, credential, token, shut: await reasonShut(token) };
}

async function firstToken(credential: TokenCredential, { resourceManager }: Cloud): Promise<AccessToken> {
  const token = await credential.getToken(`${resourceManager}/.default`);
  if (token === null)
    throw new OperatorError('login-missing', {
      message: 'the Azure login gave no token',
      hint: 'run az login',
    });
  return token;
}

async function reasonShut(token: Promise<AccessToken>): Promise<OperatorError | undefined> {
  try {
    await token;
    return undefined;
  } catch (error) {
    return error instanceof OperatorError ? error : noLogin(error);
  }
}

function openSession(
  tenant: string,
  credential: TokenCredential,
  cloud: Cloud,
  context: ConnectContext,
  { microsoftTenants = [] }: Settings,
): Session {
  const clients = openClients({ credential, tenant, cloud, context });
  return {
    scope: `tenant/${tenant}`,
    tenant,
    cloud,
    signal: context.signal,
    microsoftTenants: new Set(microsoftTenants.map((each) => each.toLowerCase())),
    granted: once(async () => {
      const token = await credential.getToken(`${cloud.graph}/.default`);
      return token === null ? undefined : grantedBy(claimsOf(token));
    }),
    now: () => context.now(),
    sleep: (milliseconds) => context.sleep(milliseconds),
    ...clients,
    signIns: once(async () => {
      if (!cloud.hasSignInReports) return unknown('not-offered', 'sign-in activity reports exist in the global cloud only');
      return known(await readSignIns(await clients.reports(), context.now(), context.signal));
    }),
  };
}

type Clients = Pick<Session, 'graph' | 'reports' | 'resourceManager' | 'resourceGraph' | 'vault'>;
type Opening = {
  readonly credential: TokenCredential;
  readonly tenant: string;
  readonly cloud: Cloud;
  readonly context: ConnectContext;
};

function openClients({ credential, tenant, cloud, context }: Opening): Clients {
  const rest = (origin: string, budget: Budget, headers: Readonly<Record<string, string>> = {}) =>
    once(async () => restOver(origin, await sender(credential, `${origin}/.default`, httpClientOver(context.wire(budget)), headers)));
  return {
    graph: rest(cloud.graph, budgets.graph, yielding),
    reports: rest(cloud.graph, budgets.reports, yielding),
    resourceManager: rest(cloud.resourceManager, budgets.resourceManager),
    resourceGraph: once(async () => {
      const { ResourceGraphClient } = await import('@azure/arm-resourcegraph');
      return new ResourceGraphClient(credential, {
        ...quiet,
        endpoint: cloud.resourceManager,
        credentials: { scopes: [`${cloud.resourceManager}/.default`] },
        httpClient: httpClientOver(context.wire(budgets.resourceGraph)),
        additionalPolicies: catching,
      });
    }),
    vault: byKey(vaultClientsOf({ credential, tenant, cloud, connect: () => httpClientOver(context.wire(budgets.vault)) })),
  };
}

/** Whoever else works in the tenant goes first. https://learn.microsoft.com/en-us/graph/throttling */
const yielding = { 'x-ms-throttle-priority': 'low' } as const;

async function sender(
  credential: TokenCredential,
  scopes: string,
  httpClient: HttpClient,
  always: Readonly<Record<string, string>>,
): Promise<Send> {
  const { bearerTokenAuthenticationPolicy, createHttpHeaders, createPipelineFromOptions, createPipelineRequest } = await import(
    '@azure/core-rest-pipeline'
  );
  const pipeline = createPipelineFromOptions(quiet);
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes }));
  return ({ method, url, body, headers: asked, signal }) => {
    const headers = createHttpHeaders({
      accept: 'application/json',
      ...always,
      ...asked,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    });
    return pipeline.sendRequest(
      httpClient,
      createPipelineRequest({
        method,
        url,
        headers,
        abortSignal: signal,
        ...(body === undefined ? {} : { body }),
      }),
    );
  };
}
