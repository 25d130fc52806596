import { type Fact, known, unknown } from '../../src/model/fact.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';

export type Reach = { readonly privilege: Fact<PrivilegeLevel>; readonly privileges: readonly string[] };
type Permission = { readonly on: string; readonly name: string; readonly level: unknown };

/** `repository contents:write` for each permission of a fine-grained token, and the furthest of them. */
export function tokenReach(permissions: unknown): Reach {
  if (!isRecord(permissions)) return { privilege: unknown('malformed-response', 'a token without permissions'), privileges: [] };
  const granted = Object.entries(permissions).flatMap(([on, levels]) => permissionsOn(on, levels));
  return { privilege: furthest(granted), privileges: granted.map(({ on, name, level }) => `${on} ${name}:${String(level)}`).toSorted() };
}

/** `contents:write` for each permission of an App's installation, and the furthest of them. */
export function appReach(permissions: unknown): Reach {
  if (!isRecord(permissions)) return { privilege: unknown('malformed-response', 'an installation without permissions'), privileges: [] };
  const granted = permissionsOn('', permissions);
  return { privilege: furthest(granted), privileges: granted.map(({ name, level }) => `${name}:${String(level)}`).toSorted() };
}

/** The furthest of a classic token's scopes. https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
export function scopeReach(scopes: unknown): Reach {
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === 'string'))
    return { privilege: unknown('malformed-response', 'a token without scopes'), privileges: [] };
  const privileges = scopes.toSorted();
  const level = scopeLevels.find(([, pattern]) => scopes.some((scope) => pattern.test(scope)))?.[0] ?? 'none';
  const strange = scopes.find((scope) => !scopeLevels.some(([, pattern]) => pattern.test(scope)));
  if (strange !== undefined && level !== 'admin')
    return { privilege: unknown('malformed-response', `unknown scope ${strange}`), privileges };
  return { privilege: known(level), privileges };
}

// `repo` writes code, workflows and deploy keys, as far as the user may; only who rules an organization, an enterprise or a server lets others in.
const scopeLevels: readonly (readonly [PrivilegeLevel, RegExp])[] = [
  ['admin', /^(?:site_admin|admin:(?:org|enterprise|business|pre_receive_hook)|scim:enterprise)$/],
  [
    'write',
    /^(?:(?:admin|write|delete):\w+|manage_\w+:\w+|(?:public_)?repo|repo:(?:status|invite)|(?:repo_deployment|delete_repo)|security_events)$/,
  ],
  ['write', /^(?:workflow|gist|notifications|user|user:follow|audit_log|codespace(?::secrets)?|copilot|project)$/],
  ['read', /^(?:read:\w+|user:email)$/],
];

function permissionsOn(on: string, levels: unknown): readonly Permission[] {
  return isRecord(levels) ? Object.entries(levels).map(([name, level]) => ({ on, name, level })) : [];
}

/** Who writes `administration` can let others in. A level that we do not know is not taken for a low one. */
function furthest(granted: readonly Permission[]): Fact<PrivilegeLevel> {
  if (granted.some(({ name, level }) => level === 'admin' || (level === 'write' && /(?:^|_)administration$/.test(name))))
    return known('admin');
  const strange = granted.find(({ level }) => level !== 'write' && level !== 'read');
  if (strange) return unknown('malformed-response', `${strange.name} at an unknown level`);
  if (granted.some(({ level }) => level === 'write')) return known('write');
  return known(granted.length > 0 ? 'read' : 'none');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
