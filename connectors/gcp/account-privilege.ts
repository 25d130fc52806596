import type { Look } from '../../src/connector/contract.ts';
import { type Fact, type Known, type Unknown, known, unknown } from '../../src/model/fact.ts';
import { type PrivilegeLevel, privilegeLevels } from '../../src/model/record.ts';
import { type Json, listIn, textIn, textsIn } from './answer.ts';
import { levelOfRole } from './role-level.ts';
import type { Session } from './session.ts';

/** Roles on the project, by member. */
export type Roles = ReadonlyMap<string, readonly string[]>;

export type Privilege = { readonly privilege: Fact<PrivilegeLevel>; readonly privileges?: readonly string[] };

/** A refusal costs the privilege only. */
export async function learnRoles(session: Session, look: Look): Promise<Known<Roles> | Unknown> {
  const roles = await look.learn(async () => known(rolesIn(await session.policy())));
  return roles.state === 'absent' ? unknown('not-offered') : roles;
}

function rolesIn(policy: Json): Roles {
  const byMember = new Map<string, readonly string[]>();
  for (const binding of listIn(policy, 'bindings')) {
    const role = textIn(binding, 'role');
    if (role === undefined) continue;
    for (const member of textsIn(binding, 'members')) byMember.set(member, [...(byMember.get(member) ?? []), role]);
  }
  return byMember;
}

/**
 * How far its own project lets a service account reach, conditions counted as met. Roles on folders, the organisation, other projects and
 * single resources can only add: without any role here nothing is claimed, and a level below admin is one that it has at least.
 */
export function privilegeOf(roles: Known<Roles> | Unknown, email: string, project: string): Privilege {
  if (roles.state !== 'known') return { privilege: roles };
  const own = [...new Set(roles.value.get(`serviceAccount:${email}`) ?? [])].toSorted();
  if (own.length === 0) return { privilege: unknown('not-looked', 'no role on its own project; roles elsewhere are not read') };
  const levels = own.map(levelOfRole);
  const best = privilegeLevels.find((level) => levels.some((each) => each.state === 'known' && each.value === level));
  const open = levels.find((each) => each.state === 'unknown');
  const privileges = own.map((role) => `${role} on project ${project}`);
  // What a custom role allows may reach further than any role that is known, except admin.
  if (open !== undefined && best !== 'admin') return { privilege: open, privileges };
  return { privilege: best === undefined ? unknown('not-looked') : known(best), privileges };
}
