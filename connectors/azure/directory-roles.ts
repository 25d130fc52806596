// https://learn.microsoft.com/en-us/graph/api/rbacapplication-list-roleassignments
import { type Held, heldBy } from './held.ts';
import { type Json, listed, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import { type Privilege, atMost, levelOfRole } from './privilege.ts';
import type { Session } from './session.ts';
import { sharedPages } from '../../src/connector/shared-pages.ts';

export const roleAssignmentsOperation = {
  call: 'GET /v1.0/roleManagement/directory/roleAssignments',
  permission: 'RoleManagement.Read.Directory',
} as const;
export const roleDefinitionsOperation = {
  call: 'GET /v1.0/roleManagement/directory/roleDefinitions',
  permission: 'RoleManagement.Read.Directory',
} as const;

/** A role: its name, and how far it reaches over the whole directory. */
export type DirectoryRole = { readonly name: string; readonly level: Privilege['level'] };

export const directoryRoles = oncePerSession(async (session: Session): Promise<ReadonlyMap<string, DirectoryRole>> => {
  const graph = await session.graph();
  const roles = new Map<string, DirectoryRole>();
  const address = '/v1.0/roleManagement/directory/roleDefinitions?$select=id,displayName,templateId,rolePermissions';
  for await (const page of graph.pages(address, '@odata.nextLink', session.signal)) {
    for (const role of page) {
      const id = text(role['id']);
      if (id !== undefined)
        roles.set(id, { name: text(role['displayName']) ?? id, level: levelOfRole(text(role['templateId']), actionsOf(role)) });
    }
  }
  return roles;
});

export const directoryAssignments = oncePerSession((session: Session): AsyncIterable<readonly Json[]> => {
  return sharedPages(assignmentPages(session));
});

async function* assignmentPages(session: Session): AsyncGenerator<readonly Json[], undefined> {
  const graph = await session.graph();
  const address = '/v1.0/roleManagement/directory/roleAssignments?$select=id,principalId,roleDefinitionId,directoryScopeId';
  yield* graph.pages(address, '@odata.nextLink', session.signal);
}

/** Directory roles by the principal that holds them itself; what comes through a group is not among them. */
export const heldRoles = oncePerSession(async (session: Session): Promise<Held> => {
  const roles = await directoryRoles(session);
  return heldBy(directoryAssignments(session), 'principalId', (row) => reachOfAssignment(row, roles));
});

/** Over a part of the directory, such as an administrative unit, a role is no way to the rest. One that nobody lists counts as writing. */
export function reachOfAssignment({ roleDefinitionId, directoryScopeId }: Json, roles: ReadonlyMap<string, DirectoryRole>): Privilege {
  const id = text(roleDefinitionId) ?? '';
  const { name, level } = roles.get(id) ?? { name: id, level: 'write' };
  const isWhole = directoryScopeId === '/';
  const scope = text(directoryScopeId);
  return {
    level: isWhole ? level : atMost(level, 'write'),
    because: [isWhole ? `directory role: ${name}` : `directory role: ${name} over ${scope ?? 'a part of the directory'}`],
    operations: [roleAssignmentsOperation.call],
  };
}

function actionsOf({ rolePermissions }: Json): readonly string[] {
  return listed(rolePermissions, 'rolePermissions').flatMap(({ allowedResourceActions }) =>
    Array.isArray(allowedResourceActions) ? allowedResourceActions.filter((action) => typeof action === 'string') : [],
  );
}
