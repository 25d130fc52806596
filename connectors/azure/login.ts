import type {
  AccessToken,
  ClientCertificateCredentialPEMConfiguration,
  ClientSecretCredentialOptions,
  TokenCredential,
} from '@azure/identity';
import type * as identityPackage from '@azure/identity';
import type { ConnectContext } from '../../src/connector/contract.ts';
import { epoch } from '../../src/model/instant.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { type Json, isJson, text } from './json.ts';
import { type PipelineName, assertionOf } from './pipeline-login.ts';
import { parsed } from './refused-answer.ts';
import type { LinkName, TenantSettings } from './settings.ts';
import { httpClientOver } from './transport.ts';

const order: readonly LinkName[] = [
  'environment',
  'workload-identity',
  'github-actions',
  'azure-pipelines',
  'managed-identity',
  'azure-cli',
];

/** One way to log in: a credential to try, or what it lacks. */
export type Link = { readonly name: LinkName } & ({ readonly credential: TokenCredential } | { readonly lacks: string });
export type Options = {
  /** The only link to use. */
  readonly link: LinkName | undefined;
  readonly context: ConnectContext;
  readonly authority: string;
  readonly tenant: string | undefined;
};
type Identity = typeof identityPackage;

/** The chain of one tenant; each link is built from the given environment, never from the process's own. */
export async function openLinks(options: Options): Promise<readonly Link[]> {
  const identity = await import('@azure/identity');
  const names = options.link === undefined ? order : [options.link];
  return names.map((name) => builders[name](identity, options));
}

/** What a tenant's own login reads. A client of its own goes with its own secret: that in the environment belongs to the other one. */
export function environmentOf(
  { clientId, certificatePath, secretVariable }: Partial<TenantSettings>,
  env: ConnectContext['env'],
): ConnectContext['env'] {
  if (clientId === undefined) return env;
  return {
    ...env,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: secretVariable === undefined ? undefined : env[secretVariable],
    AZURE_CLIENT_CERTIFICATE_PATH: certificatePath,
    AZURE_CLIENT_CERTIFICATE_PASSWORD: undefined,
  };
}

/** No link of the chain is there. Its message names each of them with its reason. */
class NoLoginError extends Error {
  override readonly name = 'NoLoginError';
  readonly hint: string;

  constructor(links: readonly Link[], reasons: ReadonlyMap<LinkName, string>) {
    const tried = links.map((link) => `${link.name} (${'lacks' in link ? link.lacks : (reasons.get(link.name) ?? 'not tried')})`);
    super(`no Azure login was found: ${tried.join(', ')}`);
    const [only, ...others] = links;
    this.hint = only && others.length === 0 ? hints[only.name] : `${hints['azure-cli']}, or ${hints.environment}`;
  }
}

const hints: Readonly<Record<LinkName, string>> = {
  environment: 'set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET',
  'workload-identity': 'set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE',
  'github-actions': 'give the job id-token: write, and set AZURE_TENANT_ID and AZURE_CLIENT_ID',
  'azure-pipelines': 'run in a step with the service connection, and set SYSTEM_ACCESSTOKEN',
  'managed-identity': 'run on an Azure resource that has an identity',
  'azure-cli': 'run az login',
};

/**
 * The first link that gives a token answers for all. One that is there but refused ends the search: the SDK's own chain would go on to
 * the next, and look with the rights of somebody else.
 */
export function chain(links: readonly Link[]): TokenCredential {
  let chosen: TokenCredential | undefined;
  return {
    async getToken(scopes, options) {
      if (chosen) return chosen.getToken(scopes, options);
      const reasons = new Map<LinkName, string>();
      for (const link of links) {
        if ('lacks' in link) continue;
        try {
          const token = await link.credential.getToken(scopes, options);
          chosen = link.credential;
          return token;
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'CredentialUnavailableError') throw error;
          reasons.set(link.name, shortly(link.name, error.message));
        }
      }
      throw new NoLoginError(links, reasons);
    },
  };
}

/** Recorded traffic holds no tokens and needs none. */
export const placeholder: TokenCredential = {
  getToken: () =>
    Promise.resolve({
      token: 'replayed',
      expiresOnTimestamp: epoch('9999-12-31T00:00:00Z'),
    }),
};

/** Nothing usable is configured at all; undefined for any other failure, which is the tenant's own. */
export function noLogin(error: unknown): OperatorError | undefined {
  if (!(error instanceof NoLoginError)) return undefined;
  return new OperatorError('login-missing', { message: error.message, hint: error.hint });
}

/** What the SDK says at length, in words that tell what is missing; its own first sentence where it says something else. */
function shortly(name: LinkName, message: string): string {
  if (name === 'managed-identity') return 'no identity service answers here';
  if (/could not be found/i.test(message)) return 'az is not installed';
  if (/az login/i.test(message)) return 'az is not logged in';
  return (message.split(/[\r\n]|\. /)[0] ?? '').slice(0, 120);
}

/** The tenant that a token was issued by: the only place where the login's own tenant is written. */
export function tenantOf(token: AccessToken): string | undefined {
  return text(claimsOf(token)['tid']);
}

/** What a token says of itself: its payload is read without a check of its signature, and never kept or shown. */
export function claimsOf({ token }: AccessToken): Json {
  const claims = parsed(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return isJson(claims) ? claims : {};
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
  'github-actions': (identity, options) => vouchedFor('github-actions', identity, options),
  'azure-pipelines': (identity, options) => vouchedFor('azure-pipelines', identity, options),
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

/** A job that its pipeline vouches for: no secret is kept anywhere. */
function vouchedFor(name: PipelineName, identity: Identity, options: Options): Link {
  const { context } = options;
  // What a service connection stands for is handed to the steps that use it.
  const own = name === 'azure-pipelines' ? context.env : {};
  const client = context.env['AZURE_CLIENT_ID'] ?? own['AZURESUBSCRIPTION_CLIENT_ID'];
  const tenant = options.tenant ?? own['AZURESUBSCRIPTION_TENANT_ID'];
  const assertion = assertionOf(name, context);
  if ('lacks' in assertion) return { name, lacks: assertion.lacks };
  if (client === undefined) return { name, lacks: 'AZURE_CLIENT_ID is not set' };
  if (tenant === undefined) return { name, lacks: 'AZURE_TENANT_ID is not set' };
  return { name, credential: new identity.ClientAssertionCredential(tenant, client, assertion, tokenOptions(options)) };
}

function tokenOptions({ context, authority }: Options): ClientSecretCredentialOptions {
  return {
    authorityHost: authority,
    // Discovery would ask the public cloud about a sovereign or private one.
    disableInstanceDiscovery: authority !== 'https://login.microsoftonline.com',
    httpClient: httpClientOver(context.wire({ concurrency: 2, attempts: 3 })),
    retryOptions: { maxRetries: 0 },
  };
}
