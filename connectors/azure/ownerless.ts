// https://learn.microsoft.com/en-us/graph/aad-advanced-queries
import type { Look, Operation } from '../../src/connector/contract.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { text } from './json.ts';
import { type Owned, type Owners, ownersOf } from './owners.ts';
import { eventually } from './rest.ts';
import type { Session } from './session.ts';

/** One query for all that have no owner: asking each application or service principal would be a request each. */
export function ownerlessOperation(owned: Owned): Operation {
  return { call: `GET /v1.0/${owned}?$filter=owners/$count eq 0`, permission: 'Application.Read.All', facts: ['owner'] };
}

export function ownerlessIn(owned: Owned, session: Session, look: Look): Promise<Fact<ReadonlySet<string>>> {
  return look.learn(async () => {
    const graph = await session.graph();
    const ids = new Set<string>();
    const address = `/v1.0/${owned}?$filter=owners/$count eq 0&$count=true&$top=999&$select=id`;
    for await (const page of graph.pages(address, '@odata.nextLink', look.signal, eventually))
      for (const { id } of page) ids.add(text(id) ?? '');
    return known(ids);
  });
}

/** Who owns them: nobody where the query says so, people by name where they are asked for, as those of what holds credentials. */
export async function ownersUnlessNone(
  owned: Owned,
  asked: readonly string[],
  ownerless: Fact<ReadonlySet<string>>,
  session: Session,
  look: Look,
): Promise<(id: string) => Fact<Owners>> {
  const none = ownerless.state === 'known' ? ownerless.value : new Set<string>();
  const owners = await ownersOf(
    owned,
    asked.filter((id) => !none.has(id)),
    session,
    look,
  );
  return (id) => (none.has(id) ? known({ claims: [] }) : (owners.get(id) ?? notAsked));
}

const notAsked = unknown('not-looked', 'owners are read by name only of what holds credentials');

/** The call that told who owns it. */
export function ownerEvidence(owned: Owned, owners: Fact<Owners>): readonly string[] {
  if (owners.state !== 'known') return [];
  const isNobody = owners.value.claims.length === 0 && !owners.value.unnamed;
  return [isNobody ? ownerlessOperation(owned).call : `GET /v1.0/${owned}/{id}/owners`];
}
