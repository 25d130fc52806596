// https://learn.microsoft.com/en-us/graph/api/rbacapplication-list-roleassignments
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { grant } from '../../src/model/grant.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import {
  type DirectoryRole,
  directoryAssignments,
  directoryRoles,
  reachOfAssignment,
  roleAssignmentsOperation,
  roleDefinitionsOperation,
} from './directory-roles.ts';
import { type Json, described, text } from './json.ts';
import { listPrincipals, principalPages } from './principal-pages.ts';
import { roleEndsOperation, roleEnds } from './role-schedules.ts';
import type { Session } from './session.ts';

export const directoryRoleAssignmentKind = defineKind({
  id: 'azure.directory_role_assignment',
  title: 'Directory role of a service principal',
  record: 'grant',
  proves: 'Its service principal may do what the role allows, with nobody signed in.',
  remedy: { delete: 'az rest --method DELETE --url https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments/{id}' },
  traits: {
    expiry: 'optional',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['assignment absent from roleManagement/directory/roleAssignments'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.oauth2_grant', 'azure.app_role_assignment'],
  },
});

type Item = {
  readonly assignment: Json;
  readonly holder: string;
  readonly roles: ReadonlyMap<string, DirectoryRole>;
  readonly ends: Fact<ReadonlyMap<string, Fact<Instant>>>;
};

export const directoryRoleAssignment = defineSurface<Session, Item>({
  id: 'azure.directory_role_assignment',
  title: 'Directory roles of service principals',
  source: 'https://learn.microsoft.com/en-us/graph/api/rbacapplication-list-roleassignments',
  level: 'tenant',
  kinds: [{ kind: directoryRoleAssignmentKind, facts: { expiresAt: 'exposed', privilege: 'exposed' } }],
  operations: [roleDefinitionsOperation, roleAssignmentsOperation, listPrincipals, roleEndsOperation],
  list,
  normalize,
});

/** Roles of people and of groups are not credentials of anybody's: only those of service principals are given. */
async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const [roles, names, ends] = await Promise.all([
    directoryRoles(session),
    principalNames(session),
    look.learn(async () => known(await roleEnds(session))),
  ]);
  for await (const page of directoryAssignments(session)) {
    yield page.flatMap((assignment) => {
      const principal = text(assignment['principalId']);
      if (principal === undefined) return [{ assignment, holder: '', roles, ends }];
      const holder = names.get(principal);
      return holder === undefined ? [] : [{ assignment, holder, roles, ends }];
    });
  }
}

async function principalNames(session: Session): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const page of principalPages(session))
    for (const { id, displayName } of page) names.set(text(id) ?? '', text(displayName) ?? '');
  return names;
}

function normalize({ assignment: raw, holder, roles, ends }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const id = required(text(raw['id']), 'id');
  const principal = required(text(raw['principalId']), 'principalId');
  const role = required(text(raw['roleDefinitionId']), 'roleDefinitionId');
  const { level } = reachOfAssignment(raw, roles);
  const name = roles.get(role)?.name ?? role;
  const expiresAt = endOf(id, ends);
  return [
    grant({
      id,
      kind: directoryRoleAssignmentKind.id,
      provider: 'azure',
      scope: session.scope,
      name: `${name} of ${holder === '' ? principal : holder}`,
      status: 'active',
      managedBy: 'customer',
      identity: known(principal),
      permission: known(name),
      createdAt: unknown('not-offered', 'Graph does not date role assignments'),
      lastUsedAt: unknown('not-offered'),
      expiresAt,
      purpose: unknown('not-offered'),
      privilege: known(level),
      owners: [],
      tags: {},
      evidence: [
        { operation: roleAssignmentsOperation.call, observedAt, fields: ['identity'] },
        { operation: roleDefinitionsOperation.call, observedAt, fields: ['permission', 'privilege'] },
        ...(expiresAt.state === 'unknown' ? [] : [{ operation: roleEndsOperation.call, observedAt, fields: ['expiresAt'] }]),
      ],
      details: described({ directoryScope: raw['directoryScopeId'] }),
    }),
  ];
}

/** An assignment without a schedule was made outside of Privileged Identity Management, which alone can end one. */
function endOf(id: string, ends: Fact<ReadonlyMap<string, Fact<Instant>>>): Fact<Instant> {
  if (ends.state !== 'known') return ends.state === 'unknown' ? ends : unknown('not-looked');
  return ends.value.get(id) ?? absent();
}
