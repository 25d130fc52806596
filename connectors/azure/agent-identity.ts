// https://learn.microsoft.com/en-us/graph/api/resources/agentidentity, https://learn.microsoft.com/en-us/graph/api/resources/agentidentityblueprint
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { privilegeFields } from '../../src/connector/privilege.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { agentBlueprintKind, agentFacts, agentIdentityKind } from './agent-kinds.ts';
import { directoryStatus } from './directory-status.ts';
import { directoryTags } from './directory-tags.ts';
import { type Json, described, text } from './json.ts';
import { type Owners, ownerFields, ownersOf, ownersOperation, peopleOf } from './owners.ts';
import {
  type PrincipalSignIns,
  lastSignInEvidence,
  lastSignInOf,
  principalSignInOperation,
  principalSignIns,
} from './principal-sign-ins.ts';
import { purposeOf } from './purpose.ts';
import { type Reaches, reachEvidence, reachOf, reachOperations, reachesIn } from './reach.ts';
import type { Session } from './session.ts';
import { textTime } from './text-time.ts';

type Sort = 'blueprint' | 'agent';
const sorts = {
  blueprint: { kind: agentBlueprintKind, owned: 'applications', type: 'microsoft.graph.agentIdentityBlueprint' },
  agent: { kind: agentIdentityKind, owned: 'servicePrincipals', type: 'microsoft.graph.agentIdentity' },
} as const;
const permission = 'Application.Read.All';
const listing = {
  blueprint: { call: 'GET /v1.0/applications/microsoft.graph.agentIdentityBlueprint', permission },
  agent: { call: 'GET /v1.0/servicePrincipals/microsoft.graph.agentIdentity', permission },
} as const;
const sponsors = {
  blueprint: { call: 'GET /v1.0/applications/{id}/microsoft.graph.agentIdentityBlueprint/sponsors', permission, facts: ['owner'] },
  agent: { call: 'GET /v1.0/servicePrincipals/{id}/microsoft.graph.agentIdentity/sponsors', permission, facts: ['owner'] },
} as const;
const select = 'id,displayName,userPrincipalName,mail';

type Item = {
  readonly sort: Sort;
  readonly raw: Json;
  readonly owners: Fact<Owners>;
  readonly sponsors: Fact<Owners>;
  readonly lastSignIns: Fact<PrincipalSignIns>;
  readonly reaches: Reaches;
};

export const agentIdentity = defineSurface<Session, Item>({
  id: 'azure.agent_identity',
  title: 'Agent identities and their blueprints',
  source: 'https://learn.microsoft.com/en-us/graph/api/agentidentity-list',
  level: 'tenant',
  kinds: [
    { kind: agentBlueprintKind, facts: agentFacts },
    { kind: agentIdentityKind, facts: agentFacts },
  ],
  operations: [
    listing.blueprint,
    listing.agent,
    sponsors.blueprint,
    sponsors.agent,
    ownersOperation('applications'),
    ownersOperation('servicePrincipals'),
    principalSignInOperation,
    ...reachOperations('application'),
  ],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const graph = await session.graph();
  const [lastSignIns, reaches] = await Promise.all([look.learn(() => principalSignIns(session)), reachesIn('application', session, look)]);
  for (const sort of ['blueprint', 'agent'] as const) {
    const { owned, type } = sorts[sort];
    // 100 is the largest page here.
    for await (const page of graph.pages(`/v1.0/${owned}/${type}?$top=100`, '@odata.nextLink', look.signal)) {
      const ids = page.flatMap(({ id }) => text(id) ?? []);
      const [owners, sponsoring] = await Promise.all([
        ownersOf(owned, ids, session, look),
        peopleOf(ids, (id) => `/${owned}/${id}/${type}/sponsors?$select=${select}`, { role: 'business', by: 'sponsor' }, { session, look }),
      ]);
      yield page.map((raw) => {
        const id = text(raw['id']) ?? '';
        return { sort, raw, lastSignIns, reaches, owners: owners.get(id) ?? notAsked, sponsors: sponsoring.get(id) ?? notAsked };
      });
    }
  }
}

const notAsked = unknown('malformed-response', 'it has no id to ask by');

function normalize(item: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const { raw, sort, reaches } = item;
  const id = required(text(raw['id']), 'id');
  const isAgent = sort === 'agent';
  const blueprint = isAgent ? required(text(raw['agentIdentityBlueprintId']), 'agentIdentityBlueprintId') : undefined;
  const operation = listing[sort].call;
  const lastUsedAt = lastSignInOf(item.lastSignIns, raw['appId']);
  const reach = isAgent ? reachOf(id, reaches) : unknown('not-offered', 'agents made from it hold the permissions');
  return [
    identity({
      id,
      kind: sorts[sort].kind.id,
      provider: 'azure',
      scope: session.scope,
      name: text(raw['displayName']) ?? id,
      status: directoryStatus(raw),
      managedBy: 'customer',
      createdAt: textTime(raw['createdDateTime']),
      lastUsedAt,
      expiresAt: absent(),
      purpose: purposeOf(raw),
      ...privilegeFields(reach),
      ...bothOf(item),
      tags: directoryTags(raw),
      evidence: [
        { operation, observedAt, fields: ['status', 'createdAt', 'purpose', 'tags'] },
        ...(item.owners.state === 'known' ? [{ operation: ownersOperation(sorts[sort].owned).call, observedAt, fields: ['owners'] }] : []),
        ...(item.sponsors.state === 'known' ? [{ operation: sponsors[sort].call, observedAt, fields: ['owners'] }] : []),
        ...lastSignInEvidence(item.lastSignIns, lastUsedAt),
        ...reachEvidence(reach, observedAt),
      ],
      details: described({ appId: raw['appId'], blueprint, createdByAppId: raw['createdByAppId'] }),
    }),
  ];
}

/** Sponsors answer for an agent, owners run it. */
function bothOf({ owners, sponsors: sponsoring }: Item): ReturnType<typeof ownerFields> {
  const [business, technical] = [ownerFields(sponsoring), ownerFields(owners)];
  const doubt = business.ownersUnknown ?? technical.ownersUnknown;
  return { owners: [...business.owners, ...technical.owners], ...(doubt ? { ownersUnknown: doubt } : {}) };
}
