import { type Known, type Unknown, known, unknown } from '../../src/model/fact.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { type Json, entryOf, listIn, objectIn, textIn, textsIn } from './answer.ts';

// https://cloud.google.com/iam/docs/deny-overview

/** One rule of a deny policy: whatever roles say, its principals may not use its permissions. */
export type Denial = {
  /** The policy and where it is attached, for people. */
  readonly policy: string;
  readonly principals: readonly string[];
  readonly exceptPrincipals: readonly string[];
  readonly permissions: readonly string[];
  readonly exceptPermissions: readonly string[];
  /** Holds for resources with certain tags only. */
  readonly condition: string | undefined;
};

/** The rules that bear on a project; undefined where the settings do not ask for them. */
export type Denials = Known<readonly Denial[]> | Unknown | undefined;

/** What makes these roles on a service account powerful, and how far the rest of the role reaches. */
const powers: Readonly<Record<string, { readonly permissions: readonly string[]; readonly rest: PrivilegeLevel }>> = {
  'roles/iam.serviceAccountTokenCreator': {
    permissions: [
      'serviceAccounts.getAccessToken',
      'serviceAccounts.getOpenIdToken',
      'serviceAccounts.implicitDelegation',
      'serviceAccounts.signBlob',
      'serviceAccounts.signJwt',
    ],
    rest: 'read',
  },
  'roles/iam.serviceAccountOpenIdTokenCreator': { permissions: ['serviceAccounts.getOpenIdToken'], rest: 'none' },
  'roles/iam.workloadIdentityUser': { permissions: ['serviceAccounts.getAccessToken', 'serviceAccounts.getOpenIdToken'], rest: 'read' },
  'roles/iam.serviceAccountUser': { permissions: ['serviceAccounts.actAs'], rest: 'read' },
  'roles/iam.serviceAccountKeyAdmin': { permissions: ['serviceAccountKeys.create'], rest: 'write' },
};

export function denialsIn(policy: Json): readonly Denial[] {
  const name = policyTitle(policy);
  return listIn(policy, 'rules').map((each) => {
    const rule = objectIn(each, 'denyRule');
    return {
      policy: name,
      principals: textsIn(rule, 'deniedPrincipals'),
      exceptPrincipals: textsIn(rule, 'exceptionPrincipals'),
      permissions: textsIn(rule, 'deniedPermissions'),
      exceptPermissions: textsIn(rule, 'exceptionPermissions'),
      condition: textIn(objectIn(rule, 'denialCondition'), 'expression'),
    };
  });
}

/** `no-new-keys on organizations/620145873001`. */
export function policyTitle(policy: Json): string {
  const [, point = '', id = ''] = /^policies\/([^/]+)\/denypolicies\/([^/]+)$/.exec(textIn(policy, 'name') ?? '') ?? [];
  return `${id} on ${point.replaceAll('%2F', '/').replace(/^cloudresourcemanager\.googleapis\.com\//, '')}`;
}

/** What deny policies leave of a role that a member holds on a service account. */
export type Restraint = {
  /** Left out where the role stays what it is. */
  readonly privilege?: Known<PrivilegeLevel> | Unknown;
  /** The policies that take something from the role. */
  readonly deniedBy: readonly string[];
};

export function restraintOn(role: string, member: string, denials: Denials): Restraint {
  const power = entryOf(powers, role);
  if (power === undefined || denials === undefined) return { deniedBy: [] };
  if (denials.state === 'unknown')
    return { privilege: unknown(denials.why, 'deny policies, which may hold the role back, could not be read'), deniedBy: [] };
  const denying = power.permissions.map((permission) =>
    denials.value.find((denial) => denies(denial, principalOf(member), `iam.googleapis.com/${permission}`)),
  );
  const deniedBy = [...new Set(denying.flatMap((denial) => denial?.policy ?? []))].toSorted();
  return denying.includes(undefined) ? { deniedBy } : { privilege: known(power.rest), deniedBy };
}

/** What rules take from a service account itself, whatever its roles say. `sets`: the sets of principals that it is in for certain. */
export function denialsOf(member: string, sets: readonly string[], denials: readonly Denial[]): readonly Denial[] {
  const principals = [principalOf(member), ...sets];
  return denials.filter(
    ({ condition, principals: denied, exceptPrincipals }) =>
      condition === undefined &&
      denied.some((each) => principals.some((principal) => covers(each, principal))) &&
      !exceptPrincipals.some((each) => principals.some((principal) => mayCover(each, principal))),
  );
}

/** Only what is certain: a rule that holds for some resources, or that may except the principal as one of a group, denies nothing for sure. */
function denies(denial: Denial, principal: string, permission: string): boolean {
  return (
    denial.condition === undefined &&
    denial.principals.some((each) => covers(each, principal)) &&
    !denial.exceptPrincipals.some((each) => mayCover(each, principal)) &&
    denial.permissions.some((each) => matches(each, permission)) &&
    !denial.exceptPermissions.some((each) => matches(each, permission))
  );
}

/** Allow policies and deny policies name the same principals differently. https://cloud.google.com/iam/docs/principal-identifiers */
export function principalOf(member: string): string {
  const [, type, id = ''] = /^(user|group|serviceAccount):([^?[]+)$/.exec(member) ?? [];
  if (type === 'serviceAccount') return `principal://iam.googleapis.com/projects/-/serviceAccounts/${id}`;
  if (type === 'user') return `principal://goog/subject/${id}`;
  return type === 'group' ? `principalSet://goog/group/${id}` : member;
}

function covers(denied: string, principal: string): boolean {
  if (denied === principal || denied === 'principalSet://goog/public:all') return true;
  const pool = poolOf(denied);
  return denied.endsWith('/*') && pool !== undefined && pool === poolOf(principal);
}

function mayCover(excepted: string, principal: string): boolean {
  if (covers(excepted, principal)) return true;
  // One principal by its name is another one.
  if (!excepted.startsWith('principalSet:')) return false;
  const pool = poolOf(excepted);
  return pool === undefined || pool === poolOf(principal);
}

function poolOf(principal: string): string | undefined {
  return /^principal(?:Set)?:\/\/iam\.googleapis\.com\/(.*(?:workloadIdentityPools|workforcePools)\/[^/]+)\//.exec(principal)?.[1];
}

/** `iam.googleapis.com/serviceAccounts.*`, `iam.googleapis.com/*.*` and the like stand for groups of permissions. */
function matches(denied: string, permission: string): boolean {
  if (!denied.includes('*')) return denied === permission;
  const [service, rest = ''] = denied.split('/');
  const [ownService, ownRest = ''] = permission.split('/');
  const parts = rest.split('.');
  const own = ownRest.split('.');
  return service === ownService && parts.length === own.length && parts.every((part, index) => part === '*' || part === own[index]);
}
