// https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference, https://learn.microsoft.com/en-us/graph/permissions-reference
import { type Json, text } from './json.ts';

/** What a token says that its holder may do in Graph. */
export type Granted = {
  /** Application permissions, or what a person lets the program do for them. */
  readonly permissions: ReadonlySet<string>;
  /** Directory roles of a person, by template; undefined where the token does not say. */
  readonly roles: ReadonlySet<string> | undefined;
  /** Acts for a person, who must be allowed it too. */
  readonly isPerson: boolean;
};

/** Undefined where there are no claims to read. */
export function grantedBy(claims: Json): Granted | undefined {
  if (text(claims['tid']) === undefined) return undefined;
  const scp = text(claims['scp']);
  const roles = Array.isArray(claims['wids']) ? new Set(words(claims['wids'])) : undefined;
  return { permissions: new Set(scp?.split(' ') ?? words(claims['roles'])), roles, isPerson: scp !== undefined };
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

const directory = ['Directory.Read.All', 'Directory.ReadWrite.All', 'Directory.AccessAsUser.All'];
const roleManagement = ['RoleManagement.Read.All', 'RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory'];
/** What answers to a request just as well as the least permission for it. */
const broader: Readonly<Record<string, readonly string[]>> = {
  'Application.Read.All': directory,
  'DelegatedPermissionGrant.Read.All': directory,
  'RoleAssignmentSchedule.Read.Directory': roleManagement,
  'RoleEligibilitySchedule.Read.Directory': roleManagement,
  'RoleManagement.Read.Directory': [...directory, ...roleManagement],
  'User.Read.All': directory,
};

/** Roles with which a person may read logs of sign-ins: Global Reader, Security Reader, Reports Reader, Security and Global Administrator. */
const logReaders = [
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  '5d6b6bb7-de71-4623-b4af-96380a352509',
  '4a5d8f65-41da-4de4-8968-e035b65339cf',
  '194ae4cb-b126-40b2-bd5b-6091b380977d',
  '62e90394-69f5-4237-9190-012177145e10',
];

/** Azure's roles are not in a token: only permissions of Graph are compared. */
export function missingFrom({ permissions, roles, isPerson }: Granted, needed: readonly string[]): readonly string[] {
  const ofGraph = [...new Set(needed)].filter((each) => /^[\w-]+\.Read\.\w+$/.test(each)).toSorted();
  const missing = ofGraph.filter(
    (each) => ![each, each.replace('.Read.', '.ReadWrite.'), ...(broader[each] ?? [])].some((own) => permissions.has(own)),
  );
  const readsLogs = !isPerson || roles === undefined || logReaders.some((each) => roles.has(each));
  return ofGraph.includes('AuditLog.Read.All') && !readsLogs ? [...missing, 'a directory role such as Reports Reader'] : missing;
}
