// https://learn.microsoft.com/en-us/rest/api/managedidentity/federated-identity-credentials/list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { identityPages, isUserAssigned } from './estate.ts';
import { federatedCredentialKind, federatedFacts, federatedRecord } from './federated-credential-kind.ts';
import { type Json, isJson, text } from './json.ts';
import { nameOf } from './key-vault.ts';
import { type Reaches, reachOf, reachOperations, reachesIn } from './reach.ts';
import { RefusedAnswer } from './refused-answer.ts';
import { propertiesOf } from './resource-credential.ts';
import { resourcesOperation } from './resource-graph.ts';
import { resourceScope } from './resource-scope.ts';
import type { Session } from './session.ts';

const listCredentials = { call: 'GET {userAssignedIdentityId}/federatedIdentityCredentials', permission: 'Reader' } as const;
/** Only the newest tells what flexible ones match; clouds that lag do not have it. */
const versions = { newest: '2026-05-31', everywhere: '2024-11-30' } as const;

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
  const read = reader(session, look);
  for await (const page of identityPages(session)) {
    const items: Item[] = [];
    for await (const { identity, credentials } of fanOut(page.filter(isUserAssigned), 8, read))
      items.push(...credentials.map((credential) => ({ identity, credential, reaches })));
    yield items;
  }
}

type Held = { readonly identity: Json; readonly credentials: readonly Json[] };

/** Reads the credentials of one identity after the other. One that cannot be read is a gap, and leaves the others. */
function reader(session: Session, look: Look): (identity: Json) => Promise<Held> {
  let lacking: RefusedAnswer | undefined;

  async function all(identity: Json, version: string): Promise<readonly Json[]> {
    const credentials: Json[] = [];
    const manager = await session.resourceManager();
    const address = `${required(text(identity['id']), 'id')}/federatedIdentityCredentials?api-version=${version}`;
    for await (const page of manager.pages(address, 'nextLink', look.signal)) credentials.push(...page);
    return credentials;
  }

  async function newest(identity: Json): Promise<readonly Json[]> {
    if (lacking) return all(identity, versions.everywhere);
    try {
      return await all(identity, versions.newest);
    } catch (error) {
      if (!(error instanceof RefusedAnswer) || error.status !== 400) throw error;
      lacking = error;
      return all(identity, versions.everywhere);
    }
  }

  return async (identity) => {
    try {
      const credentials = await newest(identity);
      for (const each of credentials.filter((each) => matchesOf(propertiesOf(each)).state === 'unknown'))
        look.gap(
          `federatedCredential/${nameOf(each)}`,
          lacking ?? new MalformedError('a federated credential with neither subject nor expression'),
        );
      return { identity, credentials };
    } catch (error) {
      look.gap(`managedIdentity/${nameOf(identity)}`, error);
      return { identity, credentials: [] };
    }
  };
}

function normalize({ identity, credential, reaches }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const properties = propertiesOf(credential);
  const holder = required(text(identity['principalId']), 'principalId');
  return [
    federatedRecord(
      { name: credential['name'], issuer: properties['issuer'], subject: properties['subject'], audiences: properties['audiences'] },
      required(text(credential['id']), 'id'),
      {
        scope: resourceScope(session, identity['subscriptionId'], identity['resourceGroup']),
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

function matchesOf({ subject, claimsMatchingExpression }: Json): Fact<string> {
  const value = isJson(claimsMatchingExpression) ? text(claimsMatchingExpression['value']) : undefined;
  if (value !== undefined) return known(value);
  return text(subject) === undefined ? unknown('not-offered') : absent();
}
