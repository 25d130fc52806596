import type { Look } from '../../src/connector/contract.ts';
import { type Fact, type Known, type Unknown, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { type PrivilegeLevel, privilegeLevels } from '../../src/model/record.ts';
import { type Held, heldIn } from './held-role.ts';
import { call } from './operation.ts';
import { isCustom, levelOfPermissions, levelOfRole } from './role-level.ts';
import type { Session } from './session.ts';
import { scopeOfParent } from './walk.ts';

/** A role with how far it reaches. */
export type Weighed = Held & { readonly level: Fact<PrivilegeLevel> };
/** What one service account holds, and why that may not be all. */
export type Holdings = { readonly held: readonly Weighed[]; readonly unread?: Unknown; readonly evidence: readonly Provenance[] };
export type Privilege = { readonly privilege: Fact<PrivilegeLevel>; readonly privileges?: readonly string[] };

/** Roles by member, as allow policies or the inventory tell them. */
type Roles = {
  readonly byMember: ReadonlyMap<string, readonly Held[]>;
  readonly unread?: Unknown;
  /** Set where the inventory told of them, as of then. */
  readonly readAt?: Instant;
};

/** Learns what service accounts hold, by their addresses, page by page. A refusal costs the privilege only. */
export function openHoldings(session: Session, look: Look): (email: string) => Promise<Holdings> {
  let reading: Promise<Roles> | undefined;
  return async (email) => {
    const member = `serviceAccount:${email}`;
    const roles = await (reading ??= rolesOf(session, look));
    const held = await Promise.all((roles.byMember.get(member) ?? []).map((each) => weigh(session, look, each)));
    if (roles.readAt === undefined) {
      const own = roles.unread ? { unread: roles.unread } : {};
      return { held, ...own, evidence: held.length === 0 ? [] : evidenceFor(held, look.now()) };
    }
    return confirmed(session, look, member, held, roles.readAt);
  };
}

/** Roles on the project and on what it is in, so far as that is known. */
async function rolesOf(session: Session, look: Look): Promise<Roles> {
  const listed = await session.listed();
  if (listed?.held) return { byMember: listed.held, readAt: listed.readAt };
  const byMember = new Map<string, readonly Held[]>();
  const own = `projects/${session.project}`;
  const path = await look.learn(async () => known(await session.ancestry()));
  let unread = reasonOf(path);
  for (const on of path.state === 'known' ? [own, ...path.value.slice(1)] : [own]) {
    const roles = await look.learn(async () => known(heldIn(await session.estate.policy(on), on)));
    if (roles.state !== 'known') unread ??= reasonOf(roles);
    else for (const [member, held] of roles.value) byMember.set(member, [...(byMember.get(member) ?? []), ...held]);
  }
  return unread ? { byMember, unread } : { byMember };
}

function reasonOf(fact: Fact<unknown>): Unknown | undefined {
  return fact.state === 'unknown' ? fact : undefined;
}

async function weigh({ estate }: Session, look: Look, held: Held): Promise<Weighed> {
  if (!isCustom(held.role)) return { ...held, level: levelOfRole(held.role) };
  return { ...held, level: await look.learn(async () => known(levelOfPermissions(await estate.permissions(held.role)))) };
}

/** The inventory may lag behind: what makes an account strong, and so its findings grave, is read from the policy itself. */
async function confirmed({ estate }: Session, look: Look, member: string, held: readonly Weighed[], readAt: Instant): Promise<Holdings> {
  const kept: Weighed[] = [];
  const strong: Weighed[] = [];
  let unread: Unknown | undefined;
  for (const each of held) {
    if (!isStrong(each.level)) kept.push(each);
    else {
      const now = await look.learn(async () => known(heldIn(await estate.policy(each.on), each.on).get(member) ?? []));
      if (now.state !== 'known') unread ??= reasonOf(now);
      else if (now.value.some(({ role }) => role === each.role)) strong.push(each);
    }
  }
  const evidence = [
    ...(kept.length === 0 ? [] : [{ operation: call.listAssets, observedAt: readAt, fields: ['privilege'] }]),
    ...evidenceFor(strong, look.now()),
  ];
  return { held: [...kept, ...strong], ...(unread ? { unread } : {}), evidence };
}

const policyCalls: Readonly<Record<string, string>> = {
  projects: call.getProjectPolicy,
  folders: call.getFolderPolicy,
  organizations: call.getOrganizationPolicy,
};

function evidenceFor(held: readonly Weighed[], observedAt: Instant): readonly Provenance[] {
  const operations = new Set(held.map(({ on }) => policyCalls[on.slice(0, on.indexOf('/'))] ?? call.getProjectPolicy));
  return [...operations].toSorted().map((operation) => ({ operation, observedAt, fields: ['privilege'] }));
}

function isStrong(level: Fact<PrivilegeLevel>): level is Known<PrivilegeLevel> {
  return level.state === 'known' && (level.value === 'admin' || level.value === 'escalation');
}

/**
 * How far a service account reaches, conditions counted as met. Roles on single resources, and on projects that were not read, can only add:
 * without any role nothing is claimed, and a level below admin is one that it has at least.
 */
export function privilegeOf({ held, unread }: Pick<Holdings, 'held' | 'unread'>): Privilege {
  if (held.length === 0)
    return { privilege: unread ?? unknown('not-looked', 'no role on what its project is in; roles on other things are not read') };
  const privileges = held.map(({ role, on }) => `${role} on ${scopeOfParent(on).replace('/', ' ')}`).toSorted();
  const levels = held.map(({ level }) => level);
  const best = privilegeLevels.find((level) => levels.some((each) => each.state === 'known' && each.value === level));
  const open = levels.find((each) => each.state === 'unknown') ?? unread;
  // What could not be read may reach further than all that was, except admin.
  if (open?.state === 'unknown' && best !== 'admin') return { privilege: open, privileges };
  return { privilege: best === undefined ? unknown('not-looked') : known(best), privileges };
}
