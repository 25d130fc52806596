import { type Look, type Seen, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Grant, grant } from '../../src/model/grant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { AccessBoundaries } from './access-boundaries.ts';
import { type Json, described, listIn, objectIn, textIn, textsIn, timestampIn } from './answer.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { nameOr } from './session.ts';

// https://cloud.google.com/iam/docs/principal-access-boundary-policies
export const accessBoundaryKind = defineKind({
  id: 'gcp.access_boundary',
  title: 'Principal access boundary of a set of principals',
  record: 'grant',
  proves: 'Its principals reach the named resources and no others, whatever roles they hold elsewhere.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['principalAccessBoundaryPolicies.searchPolicyBindings no longer shows the binding'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

/** One organisation: boundaries are made there, and bind principals anywhere in it. */
export type BoundarySession = { readonly scope: string; readonly organization: string; readonly boundaries: AccessBoundaries };

type Raw = { readonly policy: Json; readonly binding: Json };

export const listBoundaries = { call: call.listAccessBoundaries, permission: 'iam.principalaccessboundarypolicies.list' };
export const searchBindings = {
  call: call.searchBoundaryBindings,
  permission: 'iam.principalaccessboundarypolicies.searchPolicyBindings',
};

export const accessBoundary: Surface<BoundarySession> = defineSurface<BoundarySession, Raw>({
  id: 'gcp.access_boundary',
  title: 'Principal access boundaries and whom they bind',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v3/organizations.locations.principalAccessBoundaryPolicies',
  level: 'boundary',
  kinds: [{ kind: accessBoundaryKind, facts: { createdAt: 'exposed', expiresAt: 'never', owner: 'not-offered' } }],
  operations: [listBoundaries, searchBindings],
  list,
  normalize: (raw, seen) => [normalize(raw, seen)],
});

async function* list({ boundaries, organization }: BoundarySession, look: Look): AsyncGenerator<readonly Raw[]> {
  yield* itemsOfParts(look, {
    parts: boundaries.of(organization),
    width: 1,
    scopeOf: (policy) => `access-boundary/${nameOr(policy, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(policy) {
      const bindings = await boundaries.bindings(required(textIn(policy, 'name'), 'name'));
      return bindings.map((binding) => ({ policy, binding }));
    },
  });
}

function normalize({ policy, binding }: Raw, { session, observedAt }: Seen<BoundarySession>): Grant {
  const name = required(textIn(policy, 'name'), 'name').replace(/.*\//, '');
  const bound = required(textIn(objectIn(binding, 'target'), 'principalSet'), 'the principals of a binding');
  const condition = textIn(objectIn(binding, 'condition'), 'expression');
  return grant({
    id: required(textIn(binding, 'name'), 'name'),
    kind: accessBoundaryKind.id,
    provider: 'gcp',
    scope: session.scope,
    name: `${name} for ${bound}`,
    status: 'active',
    managedBy: 'customer',
    // Records of pools and projects have the same names without the service in front.
    identity: known(withoutService(bound)),
    permission: known(name),
    createdAt: time(timestampIn(binding, 'createTime')),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-looked'),
    privileges: resourcesOf(policy).map((resource) => `reaches ${resource}, and nothing outside of what the boundary names`),
    owners: [],
    tags: {},
    evidence: [
      { operation: call.listAccessBoundaries, observedAt, fields: ['permission'] },
      { operation: call.searchBoundaryBindings, observedAt, fields: ['identity', 'createdAt'] },
    ],
    details: described({
      displayName: textIn(binding, 'displayName'),
      boundary: textIn(policy, 'displayName'),
      condition,
      enforcement: textIn(objectIn(policy, 'details'), 'enforcementVersion'),
      updatedAt: timestampIn(binding, 'updateTime'),
    }),
  });
}

/** What the principals of a boundary can reach: `folders/810020030040`. */
export function resourcesOf(policy: Json): readonly string[] {
  const rules = listIn(objectIn(policy, 'details'), 'rules');
  return rules.flatMap((rule) => textsIn(rule, 'resources').map(withoutService)).toSorted();
}

/** `//cloudresourcemanager.googleapis.com/folders/2` -> `folders/2`. */
export function withoutService(name: string): string {
  return name.replace(/^\/\/[^/]+\//, '');
}
