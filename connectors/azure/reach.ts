import type { Look, Operation } from '../../src/connector/contract.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { appRolesOperation, heldPermissions } from './app-roles.ts';
import { heldAzureRoles } from './azure-role-assignments.ts';
import { consentsOperation, heldConsents } from './consents.ts';
import { heldRoles, roleAssignmentsOperation, roleDefinitionsOperation } from './directory-roles.ts';
import { eligibleRoles, eligibleRolesOperation } from './eligible-roles.ts';
import type { Held } from './held.ts';
import { listPrincipals } from './principal-pages.ts';
import { type Privilege, furthest, isAtLeast } from './privilege.ts';
import { resourcesOperation } from './resource-graph.ts';
import type { Session } from './session.ts';

/** One way to come by rights; each is read once for a session, for all surfaces. */
type Way = {
  readonly read: (session: Session) => Promise<Held>;
  readonly operations: readonly Operation[];
  /** How far it can reach at most: left unread, it leaves a level in doubt that is below. */
  readonly most: PrivilegeLevel;
};
const directory: Way = { read: heldRoles, operations: [roleAssignmentsOperation, roleDefinitionsOperation], most: 'admin' };
const azure: Way = { read: heldAzureRoles, operations: [resourcesOperation], most: 'admin' };
const ways = {
  application: [
    { read: heldPermissions, operations: [listPrincipals, appRolesOperation], most: 'admin' },
    directory,
    azure,
    { read: heldConsents, operations: [consentsOperation], most: 'write' },
  ],
  user: [directory, { read: eligibleRoles, operations: [eligibleRolesOperation], most: 'admin' }, azure],
} as const satisfies Record<string, readonly Way[]>;
export type Holder = keyof typeof ways;

/** What principals of a tenant hold, by the way that they came by it. */
export type Reaches = readonly { readonly held: Fact<Held>; readonly most: PrivilegeLevel }[];

/** `listed`: calls that the surface makes anyway. */
export function reachOperations(holder: Holder, listed: readonly string[] = []): readonly Operation[] {
  return ways[holder]
    .flatMap(({ operations }) => operations)
    .filter(({ call }) => !listed.includes(call))
    .map(({ call, permission }) => ({ call, permission, facts: ['privilege'] }));
}

export function reachesIn(holder: Holder, session: Session, look: Look): Promise<Reaches> {
  return Promise.all(
    ways[holder].map(async ({ read, most }) => ({ held: await look.learn(async () => known(await read(session))), most })),
  );
}

/**
 * How far a principal reaches by what it holds itself. What it may through groups is not counted, so that it holds nothing does not mean
 * that it may do nothing: unknown. So is a level that something which could not be read may raise.
 */
export function reachOf(principal: string | undefined, reaches: Reaches): Fact<Privilege> {
  if (principal === undefined) return unknown('not-offered', 'it has no service principal in this tenant');
  const best = furthest(reaches.flatMap(({ held }) => (held.state === 'known' ? (held.value.get(principal) ?? []) : [])));
  const doubts = reaches.filter(({ most }) => !isAtLeast(best.level, most)).map(({ held }) => held);
  const unread = doubts.find((held) => held.state === 'unknown');
  if (unread?.state === 'unknown') return unread;
  if (best.level !== 'none') return known(best);
  return unknown('not-looked', 'it holds no role and no permission itself; what it may through groups is not counted');
}

export function reachEvidence(reach: Fact<Privilege>, observedAt: Instant): readonly Provenance[] {
  if (reach.state !== 'known') return [];
  return reach.value.operations.map((operation) => ({ operation, observedAt, fields: ['privilege'] }));
}
