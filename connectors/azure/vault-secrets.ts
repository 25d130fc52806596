// https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-secrets/get-secrets (the vault itself)
// https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/list (Resource Manager)
import type { SecretProperties } from '@azure/keyvault-secrets';
import type { Operation } from '../../src/connector/contract.ts';
import type { Refusal } from '../../src/connector/refusal.ts';
import { type Json, isJson, text } from './json.ts';
import type { Vault } from './key-vault.ts';
import { VaultClosedError, classify } from './refusal.ts';
import type { Session } from './session.ts';

export const listInVault = { call: 'GET {vaultUrl}/secrets', permission: 'Key Vault Reader' } as const satisfies Operation;
export const listInResourceManager = {
  call: 'GET {vaultId}/secrets',
  permission: 'Reader',
} as const satisfies Operation;

/** A listed secret, from either side; never its value, which neither list holds. */
export type ListedSecret = {
  readonly vault: Vault;
  readonly id: unknown;
  readonly name: unknown;
  readonly enabled: unknown;
  readonly created: unknown;
  readonly expires: unknown;
  readonly notBefore: unknown;
  readonly contentType: unknown;
  readonly tags: unknown;
  /** True for the secret that stands behind a certificate; undefined where the list does not tell. */
  readonly managed: boolean | undefined;
  /** Set where the vault itself refused and Resource Manager answered for it. */
  readonly refused?: Refusal;
};
export type VaultReading = { readonly pages: readonly (readonly ListedSecret[])[]; readonly refused?: VaultClosedError };

/** Reads one vault: at the vault, else at Resource Manager, which the vault's firewall does not stop. Our own bugs are thrown. */
export async function readVault(vault: Vault, session: Session, signal: AbortSignal): Promise<VaultReading> {
  const pages: ListedSecret[][] = [];
  try {
    const client = await session.secretClient(vault.url);
    for await (const page of client.listPropertiesOfSecrets({ abortSignal: signal }).byPage())
      pages.push(page.map((each) => fromVault(each, vault)));
    return { pages };
  } catch (error) {
    const refused = understood(error, signal);
    try {
      return { pages: await fromResourceManager(vault, session, refused, signal) };
    } catch (second) {
      return { pages, refused: new VaultClosedError(refused, understood(second, signal)) };
    }
  }
}

/** What a refusal means. Our own bugs, and the end of the run, are thrown. */
export function understood(error: unknown, signal: AbortSignal): Refusal {
  signal.throwIfAborted();
  const refusal = classify(error);
  if (!refusal) throw error;
  return refusal;
}

function fromVault(secret: SecretProperties, vault: Vault): ListedSecret {
  return {
    vault,
    id: secret.id,
    name: secret.name,
    enabled: secret.enabled,
    created: secret.createdOn,
    expires: secret.expiresOn,
    notBefore: secret.notBefore,
    contentType: secret.contentType,
    tags: secret.tags,
    managed: secret.managed === true,
  };
}

async function fromResourceManager(vault: Vault, session: Session, refused: Refusal, signal: AbortSignal): Promise<ListedSecret[][]> {
  const manager = await session.resourceManager();
  const pages: ListedSecret[][] = [];
  for await (const page of manager.pages(`${vault.id}/secrets?api-version=2023-07-01`, 'nextLink', signal)) {
    pages.push(page.map((each) => fromManager(each, vault, refused)));
  }
  return pages;
}

function fromManager(secret: Json, vault: Vault, refused: Refusal): ListedSecret {
  const properties = isJson(secret['properties']) ? secret['properties'] : {};
  const attributes = isJson(properties['attributes']) ? properties['attributes'] : {};
  return {
    vault,
    // The vault's own id of the secret, so that a record stays the same whichever side listed it.
    id: text(properties['secretUri']),
    name: secret['name'],
    enabled: attributes['enabled'],
    created: seconds(attributes['created']),
    expires: seconds(attributes['exp']),
    notBefore: seconds(attributes['nbf']),
    contentType: properties['contentType'],
    tags: secret['tags'],
    managed: undefined,
    refused,
  };
}

/** Resource Manager writes seconds since 1970; anything else stays what it is, to be found malformed. */
function seconds(value: unknown): unknown {
  return typeof value === 'number' ? value * 1000 : value;
}
