// https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list-approleassignedto
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Held, heldBy } from './held.ts';
import { type Json, listed, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import { principalPages } from './principal-pages.ts';
import { type Privilege, atMost, levelOfPermission } from './privilege.ts';
import { type Related, relatedOf, relatedTo } from './related.ts';
import type { Session } from './session.ts';

export const appRolesOperation = {
  call: 'GET /v1.0/servicePrincipals/{id}/appRoleAssignedTo',
  permission: 'Application.Read.All',
} as const;

/** Microsoft Graph, and the one before it: what their roles are called says what they allow. */
const graphs = new Set(['00000003-0000-0000-c000-000000000000', '00000002-0000-0000-c000-000000000000']);
/** Says that somebody may use an API, and not what they may do there. */
const defaultAccess = '00000000-0000-0000-0000-000000000000';

/** An API that gives permissions to applications, and who holds them. */
export type Api = {
  readonly name: string;
  readonly isGraph: boolean;
  /** By id, what the API calls them: `Directory.Read.All`. */
  readonly roles: ReadonlyMap<string, string>;
  readonly assigned: Related;
};

/** All APIs of the tenant that have a role for applications, each asked for who holds it: one request for each holder would be many more. */
export const apis = oncePerSession(async (session: Session): Promise<readonly Api[]> => {
  const found = new Map<string, Omit<Api, 'assigned'>>();
  for await (const page of principalPages(session)) {
    for (const principal of page) {
      const roles = listed(principal['appRoles'], 'appRoles').filter(isForApplications);
      const id = text(principal['id']);
      if (id === undefined || roles.length === 0) continue;
      const name = text(principal['displayName']) ?? id;
      found.set(id, { name, isGraph: graphs.has(text(principal['appId']) ?? ''), roles: namesOf(roles) });
    }
  }
  const assigned = await relatedTo([...found.keys()], (id) => `/servicePrincipals/${id}/appRoleAssignedTo?$top=999`, session);
  return [...found].map(([id, api]) => ({ ...api, assigned: assigned.get(id) ?? unanswered }));
});

const unanswered: Related = { status: 'rejected', reason: new MalformedError('an API without an answer') };

function isForApplications({ allowedMemberTypes }: Json): boolean {
  return Array.isArray(allowedMemberTypes) && allowedMemberTypes.includes('Application');
}

function namesOf(roles: readonly Json[]): ReadonlyMap<string, string> {
  return new Map(
    roles.flatMap(({ id, value }) => (text(id) === undefined || text(value) === undefined ? [] : [[String(id), String(value)]])),
  );
}

/** Permissions of all APIs by the principal that holds them. One API that is refused may hold any. */
export const heldPermissions = oncePerSession(async (session: Session): Promise<Held> => {
  const held = new Map<string, Privilege[]>();
  for (const api of await apis(session)) {
    for (const [principal, own] of await heldBy(onePage(assignmentsOf(api)), 'principalId', (row) => reachOfPermission(row, api)))
      held.set(principal, [...(held.get(principal) ?? []), ...own]);
  }
  return held;
});

async function* onePage(rows: readonly Json[]): AsyncGenerator<readonly Json[]> {
  yield await Promise.resolve(rows);
}

/** To applications: people and groups may be assigned to the same API. */
export function assignmentsOf({ assigned }: Api): readonly Json[] {
  return relatedOf(assigned).filter(({ principalType }) => principalType === 'ServicePrincipal');
}

export function reachOfPermission(assignment: Json, api: Api): Privilege {
  const permission = permissionOf(assignment, api);
  const level = levelOfPermission(permission);
  return {
    // The roles of other APIs may have any name: none is a way to the whole directory.
    level: text(assignment['appRoleId']) === defaultAccess ? 'none' : api.isGraph ? level : atMost(level, 'write'),
    because: [`${api.isGraph ? 'Graph' : api.name}: ${permission}`],
    operations: [appRolesOperation.call],
  };
}

/** A role that its API no longer lists keeps its id, and counts as writing. */
export function permissionOf({ appRoleId }: Json, { roles }: Api): string {
  const id = text(appRoleId);
  if (id === undefined) throw new MalformedError('an app role assignment without appRoleId');
  return id === defaultAccess ? 'default access' : (roles.get(id) ?? id);
}
