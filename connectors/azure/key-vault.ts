// https://learn.microsoft.com/en-us/azure/governance/resource-graph/concepts/paging-results
import type { Look } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, isJson, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import { TruncatedError } from './refusal.ts';
import { resourcePages } from './resource-graph.ts';
import type { Session } from './session.ts';
import { sharedPages } from '../../src/connector/shared-pages.ts';

export type Vault = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly subscription: string;
  readonly resourceGroup: string;
  /** A Managed HSM speaks as a vault does, about keys alone. */
  readonly isHsm?: true;
};

const query =
  "resources | where type =~ 'microsoft.keyvault/vaults' | project id, name, subscriptionId, resourceGroup, vaultUri = properties.vaultUri | order by id asc";

/** Pages of the vaults of all subscriptions that the login can read, asked for once for all surfaces. Throws TruncatedError, after the last page, when the answer was not all. */
const vaultPages = oncePerSession((session: Session) => sharedPages(pagesOf(session)));

async function* pagesOf(session: Session): AsyncGenerator<readonly Json[], undefined> {
  yield* resourcePages(session, query, 'vaults');
}

export type Vaults = { readonly vaults: readonly Vault[]; readonly refused?: Error };

export function findVaults(session: Session, look: Look): Promise<Vaults> {
  return vaultsIn(vaultPages(session), 'vault', (row) => vaultOf(row, session.cloud.vault), look);
}

/** All of them, then whatever ended the search for more. One that cannot be read is a gap; so is what Resource Graph left out. */
export async function vaultsIn(
  pages: AsyncIterable<readonly Json[]>,
  noun: 'vault' | 'managedHsm',
  make: (row: Json) => Vault,
  look: Look,
): Promise<Vaults> {
  const vaults: Vault[] = [];
  const read = (row: Json): void => {
    try {
      vaults.push(make(row));
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      look.gap(`${noun}/${nameOf(row)}`, error);
    }
  };
  try {
    for await (const page of pages) page.forEach(read);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof TruncatedError)) return { vaults, refused: error };
    look.gap(`${noun}/*`, error);
  }
  return { vaults };
}

export function vaultOf(row: Json, domain: string): Vault {
  const address = required(text(row['vaultUri']), 'vaultUri');
  if (!URL.canParse(address) || new URL(address).protocol !== 'https:')
    throw new MalformedError('a vault whose address is no https address');
  const { origin, hostname } = new URL(address);
  if (!hostname.endsWith(`.${domain}`)) throw new MalformedError(`a vault whose address does not end in ${domain}`);
  return {
    id: required(text(row['id']), 'id'),
    name: required(text(row['name']), 'name'),
    url: origin,
    subscription: required(text(row['subscriptionId']), 'subscriptionId'),
    resourceGroup: required(text(row['resourceGroup']), 'resourceGroup'),
  };
}

/** What to call a row that is no vault: enough for a person to find it. */
export function nameOf(row: unknown): string {
  return (isJson(row) ? (text(row['name']) ?? text(row['id'])) : undefined) ?? 'unnamed';
}
