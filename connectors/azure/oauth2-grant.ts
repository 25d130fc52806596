// https://learn.microsoft.com/en-us/graph/api/oauth2permissiongrant-list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { grant } from '../../src/model/grant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, text } from './json.ts';
import { furthest, levelOfPermission } from './privilege.ts';
import type { Session } from './session.ts';

export const oauth2GrantKind = defineKind({
  id: 'azure.oauth2_grant',
  title: 'Delegated permission (consent)',
  record: 'grant',
  proves: 'Its service principal may act for the people who consented, or for everybody where an administrator did.',
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

const listGrants = { call: 'GET /v1.0/oauth2PermissionGrants', permission: 'DelegatedPermissionGrant.Read.All' } as const;

export const oauth2Grant = defineSurface<Session, Json>({
  id: 'azure.oauth2_grant',
  title: 'Delegated permissions',
  source: 'https://learn.microsoft.com/en-us/graph/api/oauth2permissiongrant-list',
  level: 'tenant',
  kinds: [{ kind: oauth2GrantKind, facts: { expiresAt: 'never', privilege: 'exposed' } }],
  operations: [listGrants],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Json[]> {
  const graph = await session.graph();
  yield* graph.pages('/v1.0/oauth2PermissionGrants?$top=999', '@odata.nextLink', look.signal);
}

function normalize(raw: Json, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const holder = required(text(raw['clientId']), 'clientId');
  const scopes = (text(raw['scope']) ?? '').split(/\s+/).filter((each) => each !== '');
  const isForAll = raw['consentType'] === 'AllPrincipals';
  const permission = scopes.join(' ');
  return [
    grant({
      id: required(text(raw['id']), 'id'),
      kind: oauth2GrantKind.id,
      provider: 'azure',
      scope: session.scope,
      name: `${permission === '' ? 'nothing' : permission} (${isForAll ? 'for everybody' : 'for one person'})`,
      status: 'active',
      managedBy: 'customer',
      identity: known(holder),
      permission: permission === '' ? absent() : known(permission),
      createdAt: unknown('not-offered', 'Graph does not date consents'),
      lastUsedAt: unknown('not-offered'),
      expiresAt: absent(),
      purpose: unknown('not-offered'),
      // Never more than the person may do for whom it acts.
      privilege: known(furthest(scopes.map((each) => ({ level: levelOfPermission(each), because: [each] }))).level),
      owners: [],
      tags: {},
      evidence: [{ operation: listGrants.call, observedAt, fields: ['identity', 'permission', 'privilege'] }],
      details: described({ consentType: raw['consentType'], principal: raw['principalId'], resource: raw['resourceId'] }),
    }),
  ];
}
