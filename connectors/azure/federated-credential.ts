// https://learn.microsoft.com/en-us/graph/api/application-list-federatedidentitycredentials
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { type ApplicationReaches, applicationReachOperations, applicationReachesIn, reachOfApplication } from './application-reach.ts';
import { federatedCredentialKind, federatedFacts, federatedRecord } from './federated-credential-kind.ts';
import { type Json, isJson, text } from './json.ts';
import { type Related, relatedOf, relatedTo } from './related.ts';
import { eventually } from './rest.ts';
import type { Session } from './session.ts';

const listHolders = {
  call: 'GET /v1.0/applications?$filter=federatedIdentityCredentials/$count ne 0',
  permission: 'Application.Read.All',
} as const;
const listCredentials = {
  call: 'GET /v1.0/applications/{id}/federatedIdentityCredentials',
  permission: 'Application.Read.All',
} as const;
/** What flexible credentials match is only in the beta version. https://learn.microsoft.com/en-us/entra/workload-id/workload-identities-flexible-federated-identity-credentials */
const listExpressions = {
  call: 'GET /beta/applications/{id}/federatedIdentityCredentials',
  permission: 'Application.Read.All',
} as const;

type Item = ApplicationReaches & { readonly application: Json; readonly credential: Json; readonly matches: Fact<string> };

export const federatedCredential = defineSurface<Session, Item>({
  id: 'azure.federated_credential',
  title: 'Federated credentials of applications',
  source: 'https://learn.microsoft.com/en-us/graph/api/application-list-federatedidentitycredentials',
  level: 'tenant',
  kinds: [{ kind: federatedCredentialKind, facts: federatedFacts }],
  operations: [listHolders, listCredentials, listExpressions, ...applicationReachOperations],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const [graph, reaches] = await Promise.all([session.graph(), applicationReachesIn(session, look)]);
  const address = '/v1.0/applications?$filter=federatedIdentityCredentials/$count ne 0&$count=true&$top=999&$select=id,appId,displayName';
  for await (const page of graph.pages(address, '@odata.nextLink', look.signal, eventually)) {
    const ids = page.flatMap(({ id }) => text(id) ?? []);
    const found = await relatedTo(ids, addressOf, session);
    const read = page.flatMap((application) => readable(application, found.get(text(application['id']) ?? ''), look));
    const expressions = await expressionsOf(read, session, look);
    yield read.map((each) => ({ ...reaches, ...each, matches: expressions.get(text(each.credential['id']) ?? '') ?? absent() }));
  }
}

type Read = { readonly application: Json; readonly credential: Json };

function readable(application: Json, related: Related | undefined, look: Look): readonly Read[] {
  try {
    return relatedOf(related).map((credential) => ({ application, credential }));
  } catch (error) {
    look.gap(`application/${text(application['displayName']) ?? 'unnamed'}`, error);
    return [];
  }
}

/** By id of the credential. Asked only of applications that hold one without a subject; where it is refused, the trust is not whole: a gap. */
async function expressionsOf(read: readonly Read[], session: Session, look: Look): Promise<ReadonlyMap<string, Fact<string>>> {
  const flexible = read.filter(({ credential }) => text(credential['subject']) === undefined);
  const ids = [...new Set(flexible.flatMap(({ application }) => text(application['id']) ?? []))];
  const found = await relatedTo(ids, addressOf, session, 'beta');
  const expressions = new Map<string, Fact<string>>();
  for (const { application, credential } of flexible) {
    const id = text(credential['id']) ?? '';
    try {
      expressions.set(id, known(expressionIn(relatedOf(found.get(text(application['id']) ?? '')), id)));
    } catch (error) {
      look.gap(`federatedCredential/${text(credential['name']) ?? id}`, error);
      expressions.set(id, unknown('not-looked'));
    }
  }
  return expressions;
}

function addressOf(id: string): string {
  return `/applications/${id}/federatedIdentityCredentials`;
}

function expressionIn(credentials: readonly Json[], id: string): string {
  const expression = credentials.find((each) => each['id'] === id)?.['claimsMatchingExpression'];
  const value = isJson(expression) ? text(expression['value']) : undefined;
  if (value === undefined) throw new MalformedError('a federated credential with neither subject nor expression');
  return value;
}

function normalize(item: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const { application, credential, matches } = item;
  const identity = required(text(application['id']), 'id');
  const reach = reachOfApplication(application, item);
  const name = text(application['displayName']) ?? identity;
  const id = required(text(credential['id']), 'id');
  const operation = listCredentials.call;
  return [federatedRecord(credential, id, { scope: session.scope, identity, name, operation, observedAt, matches, reach })];
}
