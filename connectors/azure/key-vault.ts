// https://learn.microsoft.com/en-us/azure/governance/resource-graph/concepts/paging-results
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, isJson, text } from './json.ts';
import { resourcePages } from './resource-graph.ts';
import type { Session } from './session.ts';

export type Vault = {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly subscription: string;
  readonly resourceGroup: string;
};

const query =
  "resources | where type =~ 'microsoft.keyvault/vaults' | project id, name, subscriptionId, resourceGroup, vaultUri = properties.vaultUri | order by id asc";

/** Pages of the vaults of all subscriptions that the login can read. Throws TruncatedError, after the last page, when the answer was not all. */
export function vaultPages(session: Session): AsyncGenerator<readonly Json[]> {
  return resourcePages(session, query, 'vaults');
}

export function vaultOf(row: Json): Vault {
  const url = required(text(row['vaultUri']), 'vaultUri').replace(/\/+$/, '');
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') throw new MalformedError('a vault whose address is no https address');
  return {
    id: required(text(row['id']), 'id'),
    name: required(text(row['name']), 'name'),
    url,
    subscription: required(text(row['subscriptionId']), 'subscriptionId'),
    resourceGroup: required(text(row['resourceGroup']), 'resourceGroup'),
  };
}

/** What to call a row that is no vault: enough for a person to find it. */
export function nameOf(row: unknown): string {
  return (isJson(row) ? (text(row['name']) ?? text(row['id'])) : undefined) ?? 'unnamed';
}
