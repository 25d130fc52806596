// https://learn.microsoft.com/en-us/azure/governance/resource-graph/concepts/paging-results
import type { Operation } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, listed, text } from './json.ts';
import { TruncatedError } from './refusal.ts';
import { said } from './said.ts';
import type { Session } from './session.ts';

export const resourcesOperation = {
  call: 'POST /providers/Microsoft.ResourceGraph/resources',
  permission: 'Reader',
} as const satisfies Operation;

/**
 * Pages of what a query finds in all subscriptions that the login can read; the query orders by id, or its pages overlap. Throws
 * TruncatedError, after the last page, when the answer was not all.
 */
export async function* resourcePages(
  session: Session,
  query: string,
  noun: string,
  authorizationScopeFilter?: 'AtScopeAboveAndBelow',
): AsyncGenerator<readonly Json[]> {
  const client = await session.resourceGraph();
  let seen = 0;
  const limits: (string | undefined)[] = [];
  for (let skipToken: string | undefined, more = true; more; more = skipToken !== undefined) {
    const options = {
      top: 1000,
      resultFormat: 'objectArray',
      ...(skipToken === undefined ? {} : { skipToken }),
      ...(authorizationScopeFilter === undefined ? {} : { authorizationScopeFilter }),
    } as const;
    const onResponse = ({ headers }: { readonly headers: { get(name: string): string | undefined } }): void => {
      limits.push(headers.get('x-ms-tenant-subscription-limit-hit'));
    };
    const asked = () => client.resources({ query, options }, { abortSignal: session.signal, onResponse });
    const answer = await said('Resource Graph', asked, session.signal);
    const rows = listed(answer.data, 'data');
    seen += rows.length;
    yield rows;
    // The same token again would go round for ever.
    if (answer.skipToken !== undefined && answer.skipToken === skipToken) throw new MalformedError('a skip token that leads back');
    skipToken = text(answer.skipToken);
    if (skipToken === undefined && (answer.resultTruncated !== 'false' || answer.totalRecords > seen)) {
      throw new TruncatedError(`Resource Graph gave ${String(seen)} of ${String(answer.totalRecords)} ${noun} and no link to the others`);
    }
  }
  if (limits.includes('true')) throw new TruncatedError('Resource Graph looks at 10000 subscriptions at most, and there are more');
}
