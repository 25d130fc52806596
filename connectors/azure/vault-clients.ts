// https://learn.microsoft.com/en-us/rest/api/keyvault/
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { CertificateClient } from '@azure/keyvault-certificates';
import type { KeyClient } from '@azure/keyvault-keys';
import type { SecretClient } from '@azure/keyvault-secrets';
import type { Cloud } from './cloud.ts';
import { once } from './once.ts';
import { catching } from './refused-answer.ts';
import { quiet } from './transport.ts';
import { rememberingChallenges } from './vault-challenge.ts';

/** The clients of one vault or Managed HSM, each made when it is first needed. */
export type VaultClients = {
  secrets(): Promise<SecretClient>;
  keys(): Promise<KeyClient>;
  certificates(): Promise<CertificateClient>;
};
type Options = {
  readonly credential: TokenCredential;
  readonly tenant: string;
  readonly cloud: Cloud;
  /** A connection to one vault, held to that vault's limits. */
  connect(): HttpClient;
};

export function vaultClientsOf({ credential: login, tenant, cloud, connect }: Options): (vaultUrl: string) => VaultClients {
  const credential = atHome(login, tenant);
  const remembered = new Map<string, string>();
  return (vaultUrl) => {
    const options = {
      ...quiet,
      httpClient: rememberingChallenges(connect(), tenant, remembered),
      additionalPolicies: catching,
      ...(cloud.vaultVersion === undefined ? {} : { serviceVersion: cloud.vaultVersion }),
    };
    // The clients change the options that they are given.
    return {
      secrets: once(async () => {
        const { SecretClient } = await import('@azure/keyvault-secrets');
        return new SecretClient(vaultUrl, credential, { ...options });
      }),
      keys: once(async () => {
        const { KeyClient } = await import('@azure/keyvault-keys');
        return new KeyClient(vaultUrl, credential, { ...options });
      }),
      certificates: once(async () => {
        const { CertificateClient } = await import('@azure/keyvault-certificates');
        return new CertificateClient(vaultUrl, credential, { ...options });
      }),
    };
  };
}

/** Vaults name their tenant by its id. A login that knows its own by a domain would take that for another one, and refuse. */
function atHome(credential: TokenCredential, tenant: string): TokenCredential {
  return {
    getToken(scopes, { tenantId, ...options } = {}) {
      const isOwn = tenantId === undefined || tenantId.toLowerCase() === tenant.toLowerCase();
      return credential.getToken(scopes, isOwn ? options : { ...options, tenantId });
    },
  };
}
