// https://learn.microsoft.com/en-us/graph/aad-advanced-queries
import type { Look, Operation } from '../../src/connector/contract.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { text } from './json.ts';
import { type Owners, ownersOf } from './owners.ts';
import { eventually } from './rest.ts';
import type { Session } from './session.ts';

/** One query for all that have no owner: asking each application would be a request each. */
export const ownerlessOperation = {
  call: 'GET /v1.0/applications?$filter=owners/$count eq 0',
  permission: 'Application.Read.All',
  facts: ['owner'],
} as const satisfies Operation;

export function ownerlessIn(session: Session, look: Look): Promise<Fact<ReadonlySet<string>>> {
  return look.learn(async () => {
    const graph = await session.graph();
    const ids = new Set<string>();
    const address = '/v1.0/applications?$filter=owners/$count eq 0&$count=true&$top=999&$select=id';
    for await (const page of graph.pages(address, '@odata.nextLink', look.signal, eventually))
      for (const { id } of page) ids.add(text(id) ?? '');
    return known(ids);
  });
}

/** Who owns applications: nobody where the query says so, people by name where they hold credentials. */
export async function ownersUnlessNone(
  holders: readonly string[],
  ownerless: Fact<ReadonlySet<string>>,
  session: Session,
  look: Look,
): Promise<(id: string) => Fact<Owners>> {
  const none = ownerless.state === 'known' ? ownerless.value : new Set<string>();
  const owned = holders.filter((id) => !none.has(id));
  const owners = await ownersOf('applications', owned, session, look);
  return (id) => (none.has(id) ? known({ claims: [] }) : (owners.get(id) ?? notAsked));
}

const notAsked = unknown('not-looked', 'owners are read by name only of applications that hold credentials');
