// https://learn.microsoft.com/en-us/rest/api/servicebus/namespaces-authorization-rules/list-authorization-rules, https://learn.microsoft.com/en-us/rest/api/eventhub/namespaces-authorization-rules/list-authorization-rules
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { type Kind, defineKind } from '../../src/model/kind.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { type Child, childPages } from './children.ts';
import { text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { madeAt, propertiesOf, resourceCredential } from './resource-credential.ts';
import type { Session } from './session.ts';

function ruleKind(id: string, title: string): Kind {
  return defineKind({
    id,
    title,
    record: 'credential',
    proves: 'Whoever holds one of its two keys sends, receives or manages in the whole namespace, as its rights say.',
    traits: {
      expiry: 'never',
      rotation: 'in-place',
      proof: 'bearer',
      revocation: { seen: ['rule absent from AuthorizationRules, or disableLocalAuth is true'], tokensLive: null },
      takesWith: ['azure.sas_token'],
      leavesBehind: ['azure.keyvault_secret'],
    },
  });
}
export const serviceBusRuleKind = ruleKind('azure.servicebus_sas_rule', 'Shared access rule of a Service Bus namespace');
export const eventHubRuleKind = ruleKind('azure.eventhub_sas_rule', 'Shared access rule of an Event Hubs namespace');

const listRules = {
  serviceBus: { call: 'GET {serviceBusNamespaceId}/authorizationRules', permission: 'Reader' },
  eventHub: { call: 'GET {eventHubNamespaceId}/authorizationRules', permission: 'Reader' },
} as const;
const facts = {
  createdAt: 'exposed',
  expiresAt: 'never',
  notBefore: 'never',
  privilege: 'exposed',
  purpose: 'from-tags',
  owner: 'from-tags',
} as const satisfies SurfaceKind['facts'];

export const sasRule = defineSurface<Session, Child>({
  id: 'azure.sas_rule',
  title: 'Shared access rules of Service Bus and Event Hubs',
  source: 'https://learn.microsoft.com/en-us/rest/api/servicebus/namespaces-authorization-rules/list-authorization-rules',
  level: 'tenant',
  kinds: [
    { kind: serviceBusRuleKind, facts },
    { kind: eventHubRuleKind, facts },
  ],
  operations: [resourcesOperation, listRules.serviceBus, listRules.eventHub],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Child[]> {
  const rules = { noun: 'authorizationRules', version: '2021-11-01' } as const;
  yield* childPages(session, look, { ...rules, type: 'microsoft.servicebus/namespaces', operation: listRules.serviceBus });
  yield* childPages(session, look, { ...rules, type: 'microsoft.eventhub/namespaces', operation: listRules.eventHub });
}

function normalize({ parent, raw, operation }: Child, seen: Seen<Session>): readonly InventoryRecord[] {
  const rule = required(text(raw['name']), 'name');
  const { rights } = propertiesOf(raw);
  const named = Array.isArray(rights) ? rights.filter((each): each is string => typeof each === 'string') : [];
  return [
    resourceCredential(
      {
        kind: operation === listRules.serviceBus ? serviceBusRuleKind : eventHubRuleKind,
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
