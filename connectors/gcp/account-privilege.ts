import type { Look } from '../../src/connector/contract.ts';
import type { PrivilegeFields } from '../../src/connector/privilege.ts';
import { type Fact, type Known, type Unknown, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { type PrivilegeLevel, privilegeLevels } from '../../src/model/record.ts';
import { entryOf } from './answer.ts';
import { type Held, heldIn } from './held-role.ts';
import { call } from './operation.ts';
import { isCustom, levelOfPermissions, levelOfRole } from './role-level.ts';
import type { Session } from './session.ts';
import { scopeOfParent } from './walk.ts';

/** A role with how far it reaches. */
export type Weighed = Held & { readonly level: Fact<PrivilegeLevel> };
/** What one service account holds, and why that may not be all. */
export type Holdings = { readonly held: readonly Weighed[]; readonly unread?: Unknown; readonly evidence: readonly Provenance[] };

/** Roles by member, of one policy or of the whole inventory each; and why they may not be all. */
type Roles = { readonly sources: readonly ReadonlyMap<string, readonly Held[]>[]; readonly unread?: Unknown };

/** Learns what service accounts hold, by their addresses, page by page. A refusal costs the privilege only. */
export function openHoldings(session: Session, look: Look): (email: string) => Promise<Holdings> {
  let reading: Promise<Roles> | undefined;
  return async (email) => {
    const member = `serviceAccount:${email}`;
    const roles = await (reading ??= rolesOf(session, look));
    const found = roles.sources.flatMap((source) => source.get(member) ?? []);
    const held: Weighed[] = [];
    let { unread } = roles;
    for (const each of found) {
      const weighed = await weigh(session, look, each);
      const settled = isStrong(weighed.level) ? await confirmed(session, look, member, weighed) : known(weighed);
      if (settled.state === 'known') held.push(settled.value);
      else unread ??= reasonOf(settled);
    }
    return { held, ...(unread ? { unread } : {}), evidence: evidenceOf(held, look.now()) };
  };
}

/** Roles on the project and on what it is in, so far as that is known. */
async function rolesOf(session: Session, look: Look): Promise<Roles> {
  const listed = await session.listed();
  if (listed?.held) {
    const above = await policiesOf(session, look, listed.above);
    return { ...above, sources: [listed.held, ...above.sources] };
  }
  const path = await look.learn(async () => known(await session.ancestry()));
  const own = `projects/${session.project}`;
  const roles = await policiesOf(session, look, path.state === 'known' ? [own, ...path.value.slice(1)] : [own]);
  const unread = reasonOf(path) ?? roles.unread;
  return { ...roles, ...(unread ? { unread } : {}) };
}

async function policiesOf({ estate }: Session, look: Look, resources: readonly string[]): Promise<Roles> {
  const sources: ReadonlyMap<string, readonly Held[]>[] = [];
  let unread: Unknown | undefined;
  for (const on of resources) {
    const roles = await look.learn(async () => known(heldIn(await estate.policy(on), on)));
    if (roles.state === 'known') sources.push(roles.value);
    else unread ??= reasonOf(roles);
  }
  return unread ? { sources, unread } : { sources };
}

function reasonOf(fact: Fact<unknown>): Unknown | undefined {
  return fact.state === 'unknown' ? fact : undefined;
}

async function weigh({ estate }: Session, look: Look, held: Held): Promise<Weighed> {
  if (!isCustom(held.role)) return { ...held, level: levelOfRole(held.role) };
  return { ...held, level: await look.learn(async () => known(levelOfPermissions(await estate.permissions(held.role)))) };
}

/**
 * The inventory may lag behind: what makes an account strong, and so its findings grave, is read from the policy itself. Absent where that
 * no longer says so.
 */
async function confirmed({ estate }: Session, look: Look, member: string, { readAt, ...held }: Weighed): Promise<Fact<Weighed>> {
  if (readAt === undefined) return known(held);
  return look.learn(async () => {
    const now = heldIn(await estate.policy(held.on), held.on).get(member) ?? [];
    return now.some(({ role }) => role === held.role) ? known(held) : absent();
  });
}

const policyCalls: Readonly<Record<string, string>> = {
  projects: call.getProjectPolicy,
  folders: call.getFolderPolicy,
  organizations: call.getOrganizationPolicy,
};

function evidenceOf(held: readonly Weighed[], now: Instant): readonly Provenance[] {
  const told = held.map(({ on, readAt }): readonly [string, Instant] =>
    readAt === undefined ? [entryOf(policyCalls, on.slice(0, on.indexOf('/'))) ?? call.getProjectPolicy, now] : [call.listAssets, readAt],
  );
  return [...new Map(told.toSorted(([a], [b]) => (a < b ? -1 : 1)))].map(([operation, observedAt]) => ({
    operation,
    observedAt,
    fields: ['privilege'],
  }));
}

function isStrong(level: Fact<PrivilegeLevel>): level is Known<PrivilegeLevel> {
  return level.state === 'known' && (level.value === 'admin' || level.value === 'escalation');
}

/**
 * How far a service account reaches, conditions counted as met. Roles on single resources, and on projects that were not read, can only add:
 * without any role nothing is claimed, and a level below admin is one that it has at least.
 */
export function privilegeOf({ held, unread }: Pick<Holdings, 'held' | 'unread'>): PrivilegeFields {
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
