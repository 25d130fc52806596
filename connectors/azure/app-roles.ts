// https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list-approleassignedto
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, listed, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import { type Privilege, levelOfPermission } from './privilege.ts';
import type { Session } from './session.ts';
import { sharedPages } from '../../src/connector/shared-pages.ts';

export const graphPrincipalOperation = {
  call: "GET /v1.0/servicePrincipals(appId='{appId}')",
  permission: 'Application.Read.All',
} as const;
export const appRolesOperation = {
  call: 'GET /v1.0/servicePrincipals/{id}/appRoleAssignedTo',
  permission: 'Application.Read.All',
} as const;

/** Microsoft Graph itself: one read shows every application that holds permissions of it. */
const graphAppId = '00000003-0000-0000-c000-000000000000';

export type AppRoles = {
  /** By id, what Graph calls them: `Directory.Read.All`. */
  readonly names: ReadonlyMap<string, string>;
  readonly pages: AsyncIterable<readonly Json[]>;
};

export const appRoles = oncePerSession(async (session: Session): Promise<AppRoles> => {
  const graph = await session.graph();
  const principal = await graph.get(`/v1.0/servicePrincipals(appId='${graphAppId}')?$select=id,appRoles`, session.signal);
  const id = text(principal['id']);
  if (id === undefined) throw new MalformedError('a service principal without id');
  const named = listed(principal['appRoles'], 'appRoles').map((role) => [text(role['id']) ?? '', text(role['value']) ?? ''] as const);
  const pages = graph.pages(
    `/v1.0/servicePrincipals/${encodeURIComponent(id)}/appRoleAssignedTo?$top=999`,
    '@odata.nextLink',
    session.signal,
  );
  return { names: new Map(named.filter(([, value]) => value !== '')), pages: sharedPages(pages) };
});

/** Permissions of Graph by the principal that holds them. */
export const heldPermissions = oncePerSession(async (session: Session): Promise<ReadonlyMap<string, readonly Privilege[]>> => {
  const { names, pages } = await appRoles(session);
  const held = new Map<string, Privilege[]>();
  for await (const page of pages) {
    for (const row of page) {
      const principal = text(row['principalId']);
      if (principal === undefined) continue;
      const permission = permissionOf(row, names);
      held.set(principal, [...(held.get(principal) ?? []), { level: levelOfPermission(permission), because: [`Graph: ${permission}`] }]);
    }
  }
  return held;
});

/** A role that Graph no longer lists keeps its id, and counts as writing. */
export function permissionOf({ appRoleId }: Json, names: ReadonlyMap<string, string>): string {
  const id = text(appRoleId);
  if (id === undefined) throw new MalformedError('an app role assignment without appRoleId');
  return names.get(id) ?? id;
}
