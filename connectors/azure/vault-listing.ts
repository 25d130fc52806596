// https://learn.microsoft.com/en-us/rest/api/keyvault/keys/get-keys/get-keys, https://learn.microsoft.com/en-us/rest/api/keyvault/certificates/get-certificates/get-certificates
import { time } from '../../src/connector/item.ts';
import type { Refusal } from '../../src/connector/refusal.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { type Json, isJson } from './json.ts';
import type { Vault } from './key-vault.ts';
import { VaultClosedError } from './refusal.ts';
import type { Session } from './session.ts';
import { understood } from './vault-secrets.ts';

export const vaultVersion = '2025-07-01';

export type Listed = {
  readonly vault: Vault;
  readonly raw: Json;
  /** Set where the vault itself refused and Resource Manager answered for it. */
  readonly refused?: Refusal;
};
export type Listing = { readonly pages: readonly (readonly Listed[])[]; readonly refused?: VaultClosedError };

/** Reads one vault: at the vault, else, for keys, at Resource Manager, which the vault's firewall does not stop. Our own bugs are thrown. */
export async function listingOf(
  vault: Vault,
  noun: 'keys' | 'certificates',
  session: Session,
  { signal, hasFallback }: { readonly signal: AbortSignal; readonly hasFallback: boolean },
): Promise<Listing> {
  const pages: Listed[][] = [];
  try {
    const rest = await session.vault(vault.url);
    for await (const page of rest.pages(`/${noun}?api-version=${vaultVersion}`, 'nextLink', signal))
      pages.push(page.map((raw) => ({ vault, raw })));
    return { pages };
  } catch (error) {
    const refused = ofNoun(understood(error, signal), noun);
    if (!hasFallback) return { pages, refused: new VaultClosedError(refused) };
    try {
      return { pages: await fromResourceManager(vault, noun, session, { signal, refused }) };
    } catch (second) {
      return { pages, refused: new VaultClosedError(refused, understood(second, signal)) };
    }
  }
}

type Fallback = { readonly signal: AbortSignal; readonly refused: Refusal };

async function fromResourceManager(vault: Vault, noun: string, session: Session, { signal, refused }: Fallback): Promise<Listed[][]> {
  const manager = await session.resourceManager();
  const pages: Listed[][] = [];
  for await (const page of manager.pages(`${vault.id}/${noun}?api-version=2023-07-01`, 'nextLink', signal))
    pages.push(page.map((raw) => ({ vault, raw, refused })));
  return pages;
}

/** What helps against a refusal is said of secrets, which are listed by a permission of their own. */
function ofNoun(refusal: Refusal, noun: string): Refusal {
  const { requires } = refusal;
  return requires ? { ...refusal, requires: requires.map((each) => each.replace('secrets/list', `${noun}/list`)) } : refusal;
}

/** Attributes of a key or certificate. */
export function attributesOf(holder: Json): Json {
  const attributes = holder['attributes'];
  return isJson(attributes) ? attributes : {};
}

/** Vaults write seconds since 1970. */
export function vaultTime(value: unknown): Fact<Instant> {
  if (typeof value === 'number') return time(value * 1000);
  return unknown('malformed-response', value === undefined || value === null ? 'no timestamp where the API sends one' : 'no number');
}

export function vaultTimeOrAbsent(value: unknown): Fact<Instant> {
  return value === undefined || value === null ? absent() : vaultTime(value);
}

/** The name of what a vault lists, out of its id: `https://{vault}/keys/{name}`. */
export function nameIn(id: string | undefined, noun: string): string | undefined {
  if (id === undefined || !URL.canParse(id)) return undefined;
  return new RegExp(`^/${noun}/([^/]+)`).exec(new URL(id).pathname)?.[1];
}
