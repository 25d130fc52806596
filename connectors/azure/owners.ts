// https://learn.microsoft.com/en-us/graph/api/application-list-owners, https://learn.microsoft.com/en-us/graph/json-batching
import type { Look, Operation } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import { type Json, isJson, listed, text } from './json.ts';
import { RefusedAnswer } from './refused-answer.ts';
import type { Rest } from './rest.ts';

export type Owned = 'applications' | 'servicePrincipals';
type Owners = Fact<readonly OwnerClaim[]>;

/** Who owns users Graph names only to those who may read users; others get ids. */
export function ownersOperation(owned: Owned): Operation {
  return { call: `GET /v1.0/${owned}/{id}/owners`, permission: 'User.Read.All', facts: ['owner'] };
}

/** Graph's own limit of a batch. */
const batchSize = 20;
const select = 'id,displayName,userPrincipalName,mail,appId';

/**
 * Owners of directory objects, asked by batch. A batch that is refused, and a request refused inside one, are unknown owners of the
 * objects asked for: never none. Throttling inside a batch is the wire's business.
 */
export async function ownersOf(owned: Owned, ids: readonly string[], graph: Rest, look: Look): Promise<ReadonlyMap<string, Owners>> {
  const owners = new Map<string, Owners>();
  const batches = Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, index) =>
    ids.slice(index * batchSize, (index + 1) * batchSize),
  );
  for await (const answers of fanOut(batches, 4, (batch) => askBatch(owned, batch, graph, look))) {
    for (const [id, answer] of answers) owners.set(id, answer);
  }
  return owners;
}

async function askBatch(owned: Owned, ids: readonly string[], graph: Rest, look: Look): Promise<readonly (readonly [string, Owners])[]> {
  const requests = ids.map((id, index) => ({
    id: String(index),
    method: 'GET',
    url: `/${owned}/${encodeURIComponent(id)}/owners?$select=${select}`,
  }));
  const answers = await look.learn(async () => {
    const answer = await graph.post('/v1.0/$batch', { requests }, look.signal);
    return known(new Map(listed(answer['responses'], 'responses').map((each) => [text(each['id']), each])));
  });
  if (answers.state !== 'known') return ids.map((id) => [id, answers.state === 'unknown' ? answers : unknown('not-looked')]);
  return Promise.all(
    ids.map(
      async (id, index) =>
        [id, await look.learn(async () => known(await claims(answers.value.get(String(index)), owned, graph, look.signal)))] as const,
    ),
  );
}

async function claims(answer: Json | undefined, owned: Owned, graph: Rest, signal: AbortSignal): Promise<readonly OwnerClaim[]> {
  if (!answer) throw new MalformedError('a batch without the answer to one of its requests');
  const { status, body } = answer;
  if (status !== 200) throw new RefusedAnswer(typeof status === 'number' ? status : 0, body);
  if (!isJson(body)) throw new MalformedError('an answer in a batch that is not JSON');
  const owners = [...listed(body['value'], 'value')];
  const next = text(body['@odata.nextLink']);
  if (next !== undefined) for await (const page of graph.pages(next, '@odata.nextLink', signal)) owners.push(...page);
  return owners.map((owner) => claim(owner, owned));
}

/** Who may not read users gets an owner without a name: its id is then all there is, and no roster will confirm it. */
function claim(owner: Json, owned: Owned): OwnerClaim {
  const guest = text(owner['userPrincipalName'])?.includes('#EXT#') === true;
  const named = text(owner['mail']) ?? (guest ? undefined : text(owner['userPrincipalName'])) ?? text(owner['appId']) ?? text(owner['id']);
  if (named === undefined) throw new MalformedError('an owner without an id');
  return { role: 'technical', ref: named, by: owned === 'applications' ? 'application owner' : 'service principal owner' };
}
