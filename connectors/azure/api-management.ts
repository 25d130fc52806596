// https://learn.microsoft.com/en-us/rest/api/apimanagement/subscription/list, https://learn.microsoft.com/en-us/rest/api/apimanagement/named-value/list-by-service
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import type { Status } from '../../src/model/record.ts';
import { type Child, childPages } from './children.ts';
import { unlessNever } from './expiry.ts';
import { type Json, isJson, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { orExpired, propertiesOf, resourceCredential } from './resource-credential.ts';
import type { Session } from './session.ts';
import { textTime, textTimeOrAbsent } from './text-time.ts';

export const apimSubscriptionKind = defineKind({
  id: 'azure.apim_subscription_key',
  title: 'Subscription of API Management',
  record: 'credential',
  proves: 'Whoever holds one of its two keys calls the APIs of its product or scope.',
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['subscription absent, or its state cancelled or suspended'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.keyvault_secret'],
  },
});
export const apimNamedValueKind = defineKind({
  id: 'azure.apim_named_value',
  title: 'Secret named value of API Management',
  record: 'credential',
  proves: 'A stored value, such as a key of another system, that the policies of the gateway send.',
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['named value absent', 'the stored value revoked where it is accepted'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.keyvault_secret'],
  },
});

const operations = {
  subscriptions: { call: 'GET {apiManagementId}/subscriptions', permission: 'Reader' },
  namedValues: { call: 'GET {apiManagementId}/namedValues', permission: 'Reader' },
  users: { call: 'GET {apiManagementId}/users', permission: 'Reader', facts: ['owner'] },
} as const;
const version = '2022-08-01';

type People = ReadonlyMap<string, string>;
type Item = Child & { readonly people: Fact<People> };

export const apiManagement = defineSurface<Session, Item>({
  id: 'azure.api_management',
  title: 'Subscriptions and secret named values of API Management',
  source: 'https://learn.microsoft.com/en-us/rest/api/apimanagement/subscription/list',
  level: 'tenant',
  kinds: [
    {
      kind: apimSubscriptionKind,
      facts: {
        createdAt: 'exposed',
        expiresAt: 'exposed',
        statusSince: 'exposed',
        notBefore: 'exposed',
        purpose: 'from-tags',
        owner: 'exposed',
      },
    },
    { kind: apimNamedValueKind, facts: { expiresAt: 'never', notBefore: 'never', purpose: 'from-tags', owner: 'from-tags' } },
  ],
  operations: [resourcesOperation, operations.subscriptions, operations.namedValues, operations.users],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const of = { type: 'microsoft.apimanagement/service', version } as const;
  const people = new Map<unknown, Promise<Fact<People>>>();
  for await (const page of childPages(session, look, { ...of, noun: 'subscriptions', operation: operations.subscriptions })) {
    const [first] = page;
    if (!first) continue;
    const { parent } = first;
    const known = people.get(parent['id']) ?? usersOf(parent, session, look);
    people.set(parent['id'], known);
    const found = await known;
    yield page.map((each) => ({ ...each, people: found }));
  }
  for await (const page of childPages(session, look, { ...of, noun: 'namedValues', operation: operations.namedValues }))
    yield page.map((each) => ({ ...each, people: absent() }));
}

/** The addresses of a service's users, by their id. */
function usersOf(parent: Json, session: Session, look: Look): Promise<Fact<People>> {
  return look.learn<People>(async () => {
    const users = new Map<string, string>();
    const manager = await session.resourceManager();
    const address = `${required(text(parent['id']), 'id')}/users?api-version=${version}`;
    for await (const page of manager.pages(address, 'nextLink', look.signal)) {
      for (const user of page) {
        const email = text(propertiesOf(user)['email']);
        if (email !== undefined) users.set(text(user['name']) ?? '', email);
      }
    }
    return known(users);
  });
}

function normalize(item: Item, seen: Seen<Session>): readonly InventoryRecord[] {
  return item.operation === operations.namedValues ? namedValueOf(item, seen) : [subscriptionOf(item, seen)];
}

const states: Readonly<Record<string, Status>> = {
  active: 'active',
  suspended: 'quarantined',
  submitted: 'inactive',
  rejected: 'inactive',
  cancelled: 'inactive',
  expired: 'expired',
};

function subscriptionOf({ parent, raw, people }: Item, seen: Seen<Session>): InventoryRecord {
  const { state, displayName, createdDate, expirationDate, startDate, endDate, ownerId, scope } = propertiesOf(raw);
  const expiresAt = unlessNever(textTimeOrAbsent(expirationDate));
  const name = required(text(raw['name']), 'name');
  return resourceCredential(
    {
      kind: apimSubscriptionKind,
      id: required(text(raw['id']), 'id'),
      name: text(displayName) ?? name,
      status: orExpired(states[text(state) ?? ''] ?? 'unknown', expiresAt, seen.observedAt),
      parent,
      operation: operations.subscriptions.call,
      told: {
        createdAt: textTime(createdDate),
        rotatedAt: unknown('not-offered', 'its keys are dated nowhere that can be read without their values'),
        expiresAt,
        notBefore: textTimeOrAbsent(startDate),
        // Written when it is cancelled or has expired; of a suspended one it may be of another time.
        ...(state === 'cancelled' || state === 'expired' ? { statusSince: textTime(endDate) } : {}),
      },
      owners: ownerIn(ownerId, people),
      evidence: people.state === 'known' ? [{ operation: operations.users.call, observedAt: seen.observedAt, fields: ['owners'] }] : [],
      details: { subscriptionName: name, appliesTo: text(scope)?.split('/').slice(-2).join('/') },
    },
    seen,
  );
}

function ownerIn(ownerId: unknown, people: Fact<People>): Fact<readonly OwnerClaim[]> {
  const user = text(ownerId)?.split('/').at(-1);
  if (user === undefined) return known([]);
  if (people.state !== 'known') return people;
  const ref = people.value.get(user);
  return ref === undefined
    ? unknown('not-offered', 'its owner is not among the users')
    : known([{ role: 'technical', ref, by: 'subscription owner' }]);
}

/** Those that are no secrets are plain settings, and no record. Of secret ones the list leaves the value out. */
function namedValueOf({ parent, raw }: Item, seen: Seen<Session>): readonly InventoryRecord[] {
  const { displayName, secret, keyVault } = propertiesOf(raw);
  const name = required(text(raw['name']), 'name');
  const reference = isJson(keyVault) ? keyVault : undefined;
  if (secret !== true && reference === undefined) return [];
  const { secretIdentifier, lastStatus } = reference ?? {};
  return [
    resourceCredential(
      {
        kind: apimNamedValueKind,
        id: required(text(raw['id']), 'id'),
        name: text(displayName) ?? name,
        status: 'active',
        // The gateway fetches it from the vault again by itself.
        ...(reference === undefined ? {} : { managedBy: 'service' }),
        parent,
        operation: operations.namedValues.call,
        told: {
          rotatedAt: unknown('not-offered', reference ? 'its secret in Key Vault is dated there' : 'named values are not dated'),
          expiresAt: absent(),
          notBefore: absent(),
        },
        details: { keyVaultSecret: secretIdentifier, lastFetch: isJson(lastStatus) ? lastStatus['code'] : undefined },
      },
      seen,
    ),
  ];
}
