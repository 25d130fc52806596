// https://learn.microsoft.com/en-us/azure/governance/resource-graph/concepts/paging-results
import type { Operation } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, isJson, listed, text } from './json.ts';
import { TruncatedError } from './refusal.ts';
import type { Session } from './session.ts';

export const vaultsOperation = {
  call: 'POST /providers/Microsoft.ResourceGraph/resources',
  permission: 'Reader',
} as const satisfies Operation;

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
export async function* vaultPages(session: Session, signal: AbortSignal): AsyncGenerator<readonly Json[]> {
  const client = await session.resourceGraph();
  let seen = 0;
  const limits: (string | undefined)[] = [];
  for (let skipToken: string | undefined, more = true; more; more = skipToken !== undefined) {
    const answer = await client.resources(
      { query, options: { top: 1000, resultFormat: 'objectArray', ...(skipToken === undefined ? {} : { skipToken }) } },
      {
        abortSignal: signal,
        onResponse: ({ headers }) => {
          limits.push(headers.get('x-ms-tenant-subscription-limit-hit'));
        },
      },
    );
    const rows = listed(answer.data, 'data');
    seen += rows.length;
    yield rows;
    // The same token again would go round for ever.
    if (answer.skipToken !== undefined && answer.skipToken === skipToken) throw new MalformedError('a skip token that leads back');
    skipToken = text(answer.skipToken);
    if (skipToken === undefined && (answer.resultTruncated !== 'false' || answer.totalRecords > seen)) {
      throw new TruncatedError(`Resource Graph gave ${String(seen)} of ${String(answer.totalRecords)} vaults and no link to the others`);
    }
  }
  if (limits.includes('true')) throw new TruncatedError('Resource Graph looks at 10000 subscriptions at most, and there are more');
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
