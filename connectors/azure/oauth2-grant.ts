// https://learn.microsoft.com/en-us/graph/api/oauth2permissiongrant-list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { grant } from '../../src/model/grant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { consents, consentsOperation, isForAll, reachOfConsent, scopesOf } from './consents.ts';
import { type Json, described, text } from './json.ts';
import type { Session } from './session.ts';

export const oauth2GrantKind = defineKind({
  id: 'azure.oauth2_grant',
  title: 'Delegated permission (consent)',
  record: 'grant',
  proves: 'Its service principal may act for the people who consented, or for everybody where an administrator did.',
  remedy: { delete: 'az rest --method DELETE --url https://graph.microsoft.com/v1.0/oauth2PermissionGrants/{id}' },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    // Refresh tokens of a consent that is taken back are refused; access tokens run out.
    revocation: { seen: ['grant absent from oauth2PermissionGrants'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.app_role_assignment', 'azure.directory_role_assignment'],
  },
});

export const oauth2Grant = defineSurface<Session, Json>({
  id: 'azure.oauth2_grant',
  title: 'Delegated permissions',
  source: 'https://learn.microsoft.com/en-us/graph/api/oauth2permissiongrant-list',
  level: 'tenant',
  kinds: [{ kind: oauth2GrantKind, facts: { expiresAt: 'never', privilege: 'exposed' } }],
  operations: [consentsOperation],
  list: consents,
  normalize,
});

function normalize(raw: Json, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const holder = required(text(raw['clientId']), 'clientId');
  const permission = scopesOf(raw).join(' ');
  return [
    grant({
      id: required(text(raw['id']), 'id'),
      kind: oauth2GrantKind.id,
      provider: 'azure',
      scope: session.scope,
      name: `${permission === '' ? 'nothing' : permission} (${isForAll(raw) ? 'for everybody' : 'for one person'})`,
      status: 'active',
      managedBy: 'customer',
      identity: known(holder),
      permission: permission === '' ? absent() : known(permission),
      createdAt: unknown('not-offered', 'Graph does not date consents'),
      lastUsedAt: unknown('not-offered'),
      expiresAt: absent(),
      purpose: unknown('not-offered'),
      // Never more than the person may do for whom it acts.
      privilege: known(reachOfConsent(raw).level),
      owners: [],
      tags: {},
      evidence: [{ operation: consentsOperation.call, observedAt, fields: ['identity', 'permission', 'privilege'] }],
      details: described({ consentType: raw['consentType'], principal: raw['principalId'], resource: raw['resourceId'] }),
    }),
  ];
}
