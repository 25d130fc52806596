// https://learn.microsoft.com/en-us/rest/api/managedidentity/federated-identity-credentials/list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { identityPages, isUserAssigned } from './estate.ts';
import { federatedCredentialKind, federatedFacts, federatedRecord } from './federated-credential-kind.ts';
import { type Json, isJson, text } from './json.ts';
import { type Reaches, reachOf, reachOperations, reachesIn } from './reach.ts';
import { resourcesOperation } from './resource-graph.ts';
import type { Session } from './session.ts';

const listCredentials = { call: 'GET {userAssignedIdentityId}/federatedIdentityCredentials', permission: 'Reader' } as const;
const version = '2024-11-30';

type Item = { readonly identity: Json; readonly credential: Json; readonly reaches: Reaches };

export const managedIdentityFederation = defineSurface<Session, Item>({
  id: 'azure.managed_identity_federation',
  title: 'Federated credentials of user-assigned managed identities',
  source: 'https://learn.microsoft.com/en-us/rest/api/managedidentity/federated-identity-credentials/list',
  level: 'tenant',
  kinds: [{ kind: federatedCredentialKind, facts: federatedFacts }],
  operations: [resourcesOperation, listCredentials, ...reachOperations('application', [resourcesOperation.call])],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const reaches = await reachesIn('application', session, look);
  for await (const page of identityPages(session)) {
    const read = fanOut(page.filter(isUserAssigned), 8, (identity) => credentialsOf(identity, session, look));
    const items: Item[] = [];
    for await (const { identity, credentials } of read) items.push(...credentials.map((credential) => ({ identity, credential, reaches })));
    yield items;
  }
}

/** One that cannot be read is a gap, and leaves the others. */
async function credentialsOf(identity: Json, session: Session, look: Look) {
  const credentials: Json[] = [];
  try {
    const manager = await session.resourceManager();
    const address = `${required(text(identity['id']), 'id')}/federatedIdentityCredentials?api-version=${version}`;
    for await (const page of manager.pages(address, 'nextLink', look.signal)) credentials.push(...page);
  } catch (error) {
    look.gap(`managedIdentity/${text(identity['name']) ?? 'unnamed'}`, error);
  }
  return { identity, credentials };
}

function normalize({ identity, credential, reaches }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const properties = isJson(credential['properties']) ? credential['properties'] : {};
  const holder = required(text(identity['principalId']), 'principalId');
  return [
    federatedRecord(
      { name: credential['name'], issuer: properties['issuer'], subject: properties['subject'], audiences: properties['audiences'] },
      required(text(credential['id']), 'id'),
      {
        scope: session.scope,
        identity: holder,
        name: text(identity['name']) ?? holder,
        operation: listCredentials.call,
        observedAt,
        matches: matchesOf(properties),
        reach: reachOf(holder, reaches),
      },
    ),
  ];
}

/** Only later versions of the API tell what a flexible one matches. */
function matchesOf({ subject, claimsMatchingExpression }: Json): Fact<string> {
  const value = isJson(claimsMatchingExpression) ? text(claimsMatchingExpression['value']) : undefined;
  if (value !== undefined) return known(value);
  return text(subject) === undefined ? unknown('not-offered') : absent();
}
