import type { Look, Operation } from '../../src/connector/contract.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { appRolesOperation, graphPrincipalOperation, heldPermissions } from './app-roles.ts';
import { heldRoles, roleAssignmentsOperation, roleDefinitionsOperation } from './directory-roles.ts';
import { type Privilege, furthest } from './privilege.ts';
import type { Session } from './session.ts';

type Held = ReadonlyMap<string, readonly Privilege[]>;
/** What principals of a tenant hold: permissions of Graph and directory roles. */
export type Reaches = { readonly permissions: Fact<Held>; readonly roles: Fact<Held> };

const facts = ['privilege'] as const;
export const reachOperations: readonly Operation[] = [
  graphPrincipalOperation,
  appRolesOperation,
  roleAssignmentsOperation,
  roleDefinitionsOperation,
].map((operation) => ({ ...operation, facts }));

export async function reachesIn(session: Session, look: Look): Promise<Reaches> {
  const [permissions, roles] = await Promise.all([
    look.learn(async () => known(await heldPermissions(session))),
    look.learn(async () => known(await heldRoles(session))),
  ]);
  return { permissions, roles };
}

/**
 * How far a principal reaches, as far as the directory tells. What it holds in Azure, in other APIs or through groups is not counted, so
 * that it holds nothing here does not mean that it may do nothing: unknown. So is a level that a part which could not be read may raise.
 */
export function reachOf(principal: string | undefined, { permissions, roles }: Reaches): Fact<Privilege> {
  if (principal === undefined) return unknown('not-offered', 'it has no service principal in this tenant');
  const read = [permissions, roles].flatMap((each) => (each.state === 'known' ? [each.value] : []));
  const best = furthest(read.flatMap((held) => held.get(principal) ?? []));
  const unread = [permissions, roles].find((each) => each.state === 'unknown');
  if (best.level === 'admin') return known(best);
  if (unread?.state === 'unknown') return unread;
  if (best.level !== 'none') return known(best);
  return unknown('not-looked', 'it holds no permission of Graph and no directory role; Azure roles and other APIs are not counted');
}

/** The fields of a record: level, and what it follows from. */
export function privilegeFields(reach: Fact<Privilege>): {
  readonly privilege: Fact<PrivilegeLevel>;
  readonly privileges?: readonly string[];
} {
  if (reach.state !== 'known') return { privilege: reach };
  const { level, because } = reach.value;
  return { privilege: known(level), ...(because.length === 0 ? {} : { privileges: because }) };
}

export function reachEvidence(reach: Fact<Privilege>, observedAt: Instant): readonly Provenance[] {
  if (reach.state !== 'known') return [];
  const calls = [
    [appRolesOperation.call, 'Graph: '],
    [roleAssignmentsOperation.call, 'directory role: '],
  ] as const;
  return calls
    .filter(([, start]) => reach.value.because.some((each) => each.startsWith(start)))
    .map(([operation]) => ({ operation, observedAt, fields: ['privilege'] }));
}
