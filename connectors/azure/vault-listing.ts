// https://learn.microsoft.com/en-us/rest/api/keyvault/ (the vault itself), https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/list (Resource Manager)
import type { CertificateProperties } from '@azure/keyvault-certificates';
import type { KeyProperties } from '@azure/keyvault-keys';
import type { SecretProperties } from '@azure/keyvault-secrets';
import { time } from '../../src/connector/item.ts';
import { MalformedError, type Refusal } from '../../src/connector/refusal.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { type Json, isJson, text } from './json.ts';
import type { Vault } from './key-vault.ts';
import { VaultClosedError, classify } from './refusal.ts';
import { said } from './said.ts';
import type { Session } from './session.ts';
import type { VaultClients } from './vault-clients.ts';

/** A listed secret, key or certificate, from either side; never a value, which no list holds. */
export type Listed = {
  readonly vault: Vault;
  readonly id: unknown;
  readonly name: unknown;
  readonly enabled: unknown;
  readonly created: unknown;
  readonly expires: unknown;
  readonly notBefore: unknown;
  readonly tags: unknown;
  readonly contentType?: unknown;
  readonly thumbprint?: unknown;
  /** True for the secret and key that stand behind a certificate; undefined where the list does not tell. */
  readonly managed: boolean | undefined;
  /** Set where the vault itself refused and Resource Manager answered for it. */
  readonly refused?: Refusal;
};
export type Noun = 'secrets' | 'keys' | 'certificates';
export type Listing = { readonly pages: readonly (readonly Listed[])[]; readonly refused?: VaultClosedError };

/** What a vault lists, page by page. */
const inVault: Readonly<Record<Noun, (clients: VaultClients, signal: AbortSignal) => Promise<AsyncIterator<readonly Properties[]>>>> = {
  secrets: async (clients, abortSignal) => (await clients.secrets()).listPropertiesOfSecrets({ abortSignal }).byPage(),
  keys: async (clients, abortSignal) => (await clients.keys()).listPropertiesOfKeys({ abortSignal }).byPage(),
  certificates: async (clients, abortSignal) => (await clients.certificates()).listPropertiesOfCertificates({ abortSignal }).byPage(),
};
type Properties = SecretProperties | KeyProperties | CertificateProperties;

/** Where Resource Manager writes the vault's own id: it has no list of certificates. */
const inResourceManager: Readonly<Partial<Record<Noun, string>>> = { secrets: 'secretUri', keys: 'keyUri' };

/** Reads one vault: at the vault, else at Resource Manager, which the vault's firewall does not stop. Our own bugs are thrown. */
export async function listingOf(vault: Vault, noun: Noun, session: Session, signal: AbortSignal): Promise<Listing> {
  const pages: Listed[][] = [];
  try {
    const found = await inVault[noun](session.vault(vault.url), signal);
    for await (const page of walked(found, ({ id }) => id, signal)) pages.push(page.map((each) => fromVault(each, vault, noun)));
    return { pages };
  } catch (error) {
    const refused = refusalOf(error, { vault, noun }, signal);
    const uri = inResourceManager[noun];
    if (uri === undefined) return { pages, refused: new VaultClosedError(refused, 'Resource Manager lists no certificates') };
    try {
      return { pages: await fromResourceManager(vault, { noun, uri, session, refused, signal }) };
    } catch (second) {
      return { pages, refused: new VaultClosedError(refused, `Resource Manager: ${understood(second, signal).detail}`) };
    }
  }
}

/** The pages of a client, which follows whatever link it is given, also one that leads back. */
export async function* walked<T>(
  pages: AsyncIterator<readonly T[]>,
  idOf: (each: T) => string | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly T[]> {
  const seen = new Set<string>();
  for (;;) {
    const step = await said('Key Vault', () => pages.next(), signal);
    if (step.done === true) return;
    const first = step.value[0] === undefined ? undefined : idOf(step.value[0]);
    if (first !== undefined && seen.has(first)) throw new MalformedError('a page that was given before');
    if (first !== undefined) seen.add(first);
    yield step.value;
  }
}

/** What a refusal of a list means. Our own bugs, and the end of the run, are thrown. */
export function refusalOf(error: unknown, { vault, noun }: { readonly vault: Vault; readonly noun: Noun }, signal: AbortSignal): Refusal {
  const refusal = understood(error, signal);
  const { requires, why } = refusal;
  if (vault.isHsm === true && why === 'permission-denied' && !requires) return { ...refusal, requires: ['Managed HSM Crypto Auditor'] };
  // What helps is said of secrets, which are listed by a permission of their own.
  return requires ? { ...refusal, requires: requires.map((each) => each.replace('secrets/list', `${noun}/list`)) } : refusal;
}

function understood(error: unknown, signal: AbortSignal): Refusal {
  signal.throwIfAborted();
  const refusal = classify(error);
  if (!refusal) throw error;
  return refusal;
}

export function fromVault(each: Properties, vault: Vault, noun: Noun): Listed {
  if (!isOf(vault, noun, each.id)) throw new MalformedError(`an id that is none of the ${noun} of ${vault.name}`);
  return {
    vault,
    id: each.id,
    name: each.name,
    enabled: each.enabled,
    created: each.createdOn,
    expires: each.expiresOn,
    notBefore: each.notBefore,
    tags: each.tags,
    contentType: 'contentType' in each ? each.contentType : undefined,
    thumbprint: 'x509ThumbprintString' in each ? each.x509ThumbprintString : undefined,
    managed: 'managed' in each && each.managed === true,
  };
}

/** The client takes the name out of whatever address it is given. */
function isOf(vault: Vault, noun: Noun, id: string | undefined): boolean {
  if (id === undefined || !URL.canParse(id)) return false;
  const { hostname, pathname } = new URL(id);
  return hostname === new URL(vault.url).hostname && pathname.startsWith(`/${noun}/`);
}

type Fallback = {
  readonly noun: Noun;
  readonly uri: string;
  readonly session: Session;
  readonly refused: Refusal;
  readonly signal: AbortSignal;
};

async function fromResourceManager(vault: Vault, { noun, uri, session, refused, signal }: Fallback): Promise<Listed[][]> {
  const manager = await session.resourceManager();
  const pages: Listed[][] = [];
  for await (const page of manager.pages(`${vault.id}/${noun}?api-version=2023-07-01`, 'nextLink', signal))
    pages.push(page.map((each) => ({ ...fromManager(each, uri), vault, refused })));
  return pages;
}

function fromManager(each: Json, uri: string): Omit<Listed, 'vault'> {
  const properties = isJson(each['properties']) ? each['properties'] : {};
  const attributes = isJson(properties['attributes']) ? properties['attributes'] : {};
  return {
    // The vault's own id, so that a record stays the same whichever side listed it.
    id: text(properties[uri]),
    name: each['name'],
    enabled: attributes['enabled'],
    created: seconds(attributes['created']),
    expires: seconds(attributes['exp']),
    notBefore: seconds(attributes['nbf']),
    contentType: properties['contentType'],
    tags: each['tags'],
    managed: undefined,
  };
}

/** Resource Manager writes seconds since 1970; anything else stays what it is, to be found malformed. */
function seconds(value: unknown): unknown {
  return typeof value === 'number' ? value * 1000 : value;
}

/** A date of the client, or milliseconds since 1970. */
export function moment(value: unknown): Fact<Instant> {
  if (value === undefined || value === null || typeof value === 'number' || value instanceof Date) return time(value);
  return unknown('malformed-response', 'a timestamp that is no number');
}

export function momentOrAbsent(value: unknown): Fact<Instant> {
  return value === undefined || value === null ? absent() : moment(value);
}

/** When the value in use was made. Resource Manager's list does not say whether it dates the version in use: it is made for deployments. */
export function rotatedAtOf({ created, refused }: Listed): Fact<Instant> {
  return refused
    ? unknown(refused.why, `the vault did not answer, and Resource Manager does not date the current version: ${refused.detail}`)
    : moment(created);
}
