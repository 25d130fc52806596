// https://learn.microsoft.com/en-us/rest/api/servicebus/namespaces-authorization-rules/list-authorization-rules, https://learn.microsoft.com/en-us/rest/api/eventhub/namespaces-authorization-rules/list-authorization-rules,
// https://learn.microsoft.com/en-us/rest/api/relay/namespaces/list-authorization-rules
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Operation, Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { type Kind, defineKind } from '../../src/model/kind.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { type Child, childPages } from './children.ts';
import { text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { madeAt, propertiesOf, resourceCredential } from './resource-credential.ts';
import type { ResourceType } from './service-estate.ts';
import type { Session } from './session.ts';

type Rules = { readonly type: ResourceType; readonly kind: Kind; readonly operation: Operation };

function rulesOf(type: ResourceType, id: string, service: string, operation: Operation): Rules {
  const kind = defineKind({
    id,
    title: `Shared access rule of ${service} namespace`,
    record: 'credential',
    proves: 'Whoever holds one of its two keys sends, receives or manages in the whole namespace, as its rights say.',
    remedy: { delete: 'az resource delete --ids {id}' },
    traits: {
      expiry: 'never',
      rotation: 'in-place',
      proof: 'bearer',
      revocation: { seen: ['rule absent from AuthorizationRules, or disableLocalAuth is true'], tokensLive: null },
      takesWith: [],
      leavesBehind: ['azure.keyvault_secret'],
    },
  });
  return { type, kind, operation };
}

/** The same API in all of them. That of Notification Hubs may list its rules together with their keys, so it is not asked. */
const sorts: readonly Rules[] = [
  rulesOf('microsoft.servicebus/namespaces', 'azure.servicebus_sas_rule', 'a Service Bus', {
    call: 'GET {serviceBusNamespaceId}/authorizationRules',
    permission: 'Reader',
  }),
  rulesOf('microsoft.eventhub/namespaces', 'azure.eventhub_sas_rule', 'an Event Hubs', {
    call: 'GET {eventHubNamespaceId}/authorizationRules',
    permission: 'Reader',
  }),
  rulesOf('microsoft.relay/namespaces', 'azure.relay_sas_rule', 'a Relay', {
    call: 'GET {relayNamespaceId}/authorizationRules',
    permission: 'Reader',
  }),
];
const facts = {
  createdAt: 'exposed',
  expiresAt: 'never',
  notBefore: 'never',
  privilege: 'exposed',
  purpose: 'from-tags',
  owner: 'from-tags',
} as const satisfies SurfaceKind['facts'];

type Item = Child & { readonly kind: Kind };

export const sasRule = defineSurface<Session, Item>({
  id: 'azure.sas_rule',
  title: 'Shared access rules of Service Bus, Event Hubs and Relay',
  source: 'https://learn.microsoft.com/en-us/rest/api/servicebus/namespaces-authorization-rules/list-authorization-rules',
  level: 'tenant',
  kinds: sorts.map(({ kind }) => ({ kind, facts })),
  operations: [resourcesOperation, ...sorts.map(({ operation }) => operation)],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  for (const { type, kind, operation } of sorts) {
    const pages = childPages(session, look, { type, noun: 'authorizationRules', version: '2021-11-01', operation });
    for await (const page of pages) yield page.map((each) => ({ ...each, kind }));
  }
}

function normalize({ parent, raw, operation, kind }: Item, seen: Seen<Session>): readonly InventoryRecord[] {
  const rule = required(text(raw['name']), 'name');
  const { rights } = propertiesOf(raw);
  const named = Array.isArray(rights) ? rights.filter((each): each is string => typeof each === 'string') : [];
  return [
    resourceCredential(
      {
        kind,
        id: required(text(raw['id']), 'id'),
        name: `${text(parent['name']) ?? ''} ${rule}`.trim(),
        status: parent['disableLocalAuth'] === true ? 'inactive' : 'active',
        parent,
        operation: operation.call,
        told: {
          createdAt: madeAt(raw),
          rotatedAt: unknown('not-offered', 'its keys are dated nowhere that can be read without their values'),
          expiresAt: absent(),
          notBefore: absent(),
          privilege: levelOf(named),
        },
        privileges: named,
        details: { localAuthentication: parent['disableLocalAuth'] === true ? 'disabled' : 'allowed' },
      },
      seen,
    ),
  ];
}

function levelOf(rights: readonly string[]): Fact<PrivilegeLevel> {
  if (rights.includes('Manage')) return known('admin');
  if (rights.includes('Send')) return known('write');
  return rights.includes('Listen') ? known('read') : unknown('not-offered', 'the rule names no right');
}
