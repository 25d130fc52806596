import type {
  AccessToken,
  ClientCertificateCredentialPEMConfiguration,
  ClientSecretCredentialOptions,
  TokenCredential,
} from '@azure/identity';
import type { ConnectContext } from '../../src/connector/contract.ts';
import { epoch } from '../../src/model/instant.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { isJson, text } from './json.ts';
import { parsed } from './refused-answer.ts';
import type { LinkName, Settings } from './settings.ts';
import { httpClientOver } from './transport.ts';

const order: readonly LinkName[] = ['environment', 'workload-identity', 'managed-identity', 'azure-cli'];

/** One way to log in: a credential to try, or what it lacks. */
export type Link = { readonly name: LinkName } & ({ readonly credential: TokenCredential } | { readonly lacks: string });
export type Options = {
  readonly settings: Settings;
  readonly context: ConnectContext;
  readonly authority: string;
  readonly tenant: string | undefined;
};
type Identity = typeof import('@azure/identity');

/** The chain of one tenant; each link is built from the given environment, never from the process's own. */
export async function openLinks(options: Options): Promise<readonly Link[]> {
  const identity = await import('@azure/identity');
  const names = options.settings.credential === undefined ? order : [options.settings.credential];
  return names.map((name) => builders[name](identity, options));
}

/** The first link that gives a token answers for all; a link that is there but refused ends the search, as in the SDK's own chain. */
export async function chain(links: readonly Link[]): Promise<TokenCredential> {
  const { ChainedTokenCredential } = await import('@azure/identity');
  return new ChainedTokenCredential(...links.flatMap((link) => ('credential' in link ? [link.credential] : [])));
}

/** Recorded traffic holds no tokens and needs none. */
export const placeholder: TokenCredential = {
  getToken: () =>
    Promise.resolve({
      token: 'replayed',
      expiresOnTimestamp: epoch('9999-12-31T00:00:00Z'),
    }),
};

/** Nothing usable is configured at all, or undefined for any other failure, which is the tenant's own. */
export function noLogin(links: readonly Link[], error: unknown): OperatorError | undefined {
  const usable = links.filter((link) => 'credential' in link);
  if (usable.length > 0 && !isUnavailable(error)) return undefined;
  const reasons = error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : [error];
  const said = new Map(usable.map((link, index) => [link.name, firstLine(reasons[index])]));
  const tried = links.map((link) => `${link.name}: ${'lacks' in link ? link.lacks : (said.get(link.name) ?? 'not available')}`);
  return new OperatorError('login-missing', {
    message: 'no Azure login was found',
    hint: `run az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. Tried ${tried.join('; ')}`,
  });
}

function isUnavailable(error: unknown): boolean {
  return (
    error instanceof Error &&
    ['CredentialUnavailableError', 'AggregateAuthenticationError', 'AuthenticationRequiredError'].includes(error.name)
  );
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : 'not available';
  return (message.split(/[\r\n]/)[0] ?? '').slice(0, 200);
}

/** The tenant that a token was issued by: the only place where the login's own tenant is written. */
export function tenantOf({ token }: AccessToken): string | undefined {
  const claims = parsed(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return isJson(claims) ? text(claims['tid']) : undefined;
}

const builders: Readonly<Record<LinkName, (identity: Identity, options: Options) => Link>> = {
  environment(identity, options) {
    const { env } = options.context;
    const { AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret, AZURE_CLIENT_CERTIFICATE_PATH: certificatePath } = env;
    const { AZURE_CLIENT_CERTIFICATE_PASSWORD: certificatePassword } = env;
    const name = 'environment';
    const { tenant } = options;
    if (tenant === undefined) return { name, lacks: 'AZURE_TENANT_ID is not set' };
    if (client === undefined) return { name, lacks: 'AZURE_CLIENT_ID is not set' };
    if (secret !== undefined)
      return {
        name,
        credential: new identity.ClientSecretCredential(tenant, client, secret, tokenOptions(options)),
      };
    if (certificatePath === undefined)
      return {
        name,
        lacks: 'neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set',
      };
    const certificate: ClientCertificateCredentialPEMConfiguration = {
      certificatePath,
      ...(certificatePassword === undefined ? {} : { certificatePassword }),
    };
    return {
      name,
      credential: new identity.ClientCertificateCredential(tenant, client, certificate, tokenOptions(options)),
    };
  },
  'workload-identity'(identity, options) {
    const { AZURE_CLIENT_ID: clientId, AZURE_FEDERATED_TOKEN_FILE: tokenFilePath } = options.context.env;
    const name = 'workload-identity';
    const { tenant } = options;
    if (tokenFilePath === undefined) return { name, lacks: 'AZURE_FEDERATED_TOKEN_FILE is not set' };
    if (clientId === undefined) return { name, lacks: 'AZURE_CLIENT_ID is not set' };
    if (tenant === undefined) return { name, lacks: 'AZURE_TENANT_ID is not set' };
    return {
      name,
      credential: new identity.WorkloadIdentityCredential({
        tenantId: tenant,
        clientId,
        tokenFilePath,
        ...tokenOptions(options),
      }),
    };
  },
  'managed-identity'(identity, { context }) {
    const clientId = context.env['AZURE_CLIENT_ID'];
    // Outside Azure the metadata address is silent, and the SDK would wait for it as for any other.
    const httpClient = httpClientOver(context.wire({ concurrency: 1, attempts: 1 }), { timeout: 3000 });
    const credential = new identity.ManagedIdentityCredential({
      httpClient,
      retryOptions: { maxRetries: 0 },
      ...(clientId === undefined ? {} : { clientId }),
    });
    return { name: 'managed-identity', credential };
  },
  'azure-cli'(identity, { tenant }) {
    return {
      name: 'azure-cli',
      credential: new identity.AzureCliCredential({
        processTimeoutInMs: 30_000,
        ...(tenant === undefined ? {} : { tenantId: tenant }),
      }),
    };
  },
};

function tokenOptions({ context, authority }: Options): ClientSecretCredentialOptions {
  return {
    authorityHost: authority,
    // Discovery would ask the public cloud about a sovereign or private one.
    disableInstanceDiscovery: authority !== 'https://login.microsoftonline.com',
    httpClient: httpClientOver(context.wire({ concurrency: 2, attempts: 3 })),
    retryOptions: { maxRetries: 0 },
  };
}
