import type { Look } from '../../src/connector/contract.ts';
import { known } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { listBoundaries, resourcesOf, searchBindings, withoutService } from './access-boundary.ts';
import { type Json, objectIn, textIn } from './answer.ts';
import { type Denial, denialsOf } from './denial.ts';
import { learnDenials } from './deny-policies.ts';
import { getDenyPolicy } from './deny-policy.ts';
import type { Session } from './session.ts';

/** What holds a service account back, whatever its roles say: told beside them, and no change of how far they reach. */
export type Restraint = {
  /** For people: what is denied to it, and what it is bound to. */
  readonly told: readonly string[];
  readonly details: { readonly deniedBy?: string; readonly boundTo?: string };
  readonly evidence: readonly Provenance[];
};
type Boundary = { readonly name: string; readonly resources: readonly string[] };

/** Learns what holds the service accounts of a project back. What cannot be read is said once, on the row of the place. */
export function openRestraints(session: Session, look: Look): (email: string, number: string | undefined) => Promise<Restraint> {
  let reading: Promise<Bearing> | undefined;
  return async (email, number) => {
    if (!session.estate.denyPolicies && !session.estate.boundaries) return none;
    const { denials, boundaries, around } = await (reading ??= readBearing(session, look, number));
    const sets = around.map((resource) => `principalSet://cloudresourcemanager.googleapis.com/${resource}/type/ServiceAccount`);
    return restraintBy(denialsOf(`serviceAccount:${email}`, sets, denials), boundaries, look.now());
  };
}

type Bearing = {
  readonly denials: readonly Denial[];
  readonly boundaries: readonly Boundary[];
  /** What the service accounts are in, the project by its id and by its number. */
  readonly around: readonly string[];
};

const none: Restraint = { told: [], details: {}, evidence: [] };

async function readBearing(session: Session, look: Look, number: string | undefined): Promise<Bearing> {
  const path = await look.learn(async () => known(await session.ancestry()));
  const around = [
    ...(path.state === 'known' ? path.value : [`projects/${session.project}`]),
    ...(number === undefined ? [] : [`projects/${number}`]),
  ];
  const denials = await learnDenials(session, look);
  const boundaries = await look.learn(async () => known(await boundariesOf(session, around)));
  for (const unread of [denials, boundaries])
    if (unread?.state === 'unknown') look.remark(`what may hold service accounts back could not be read: ${unread.detail ?? unread.why}`);
  return {
    denials: denials?.state === 'known' ? denials.value : [],
    boundaries: boundaries.state === 'known' ? boundaries.value : [],
    around,
  };
}

async function boundariesOf({ estate: { boundaries } }: Session, around: readonly string[]): Promise<readonly Boundary[]> {
  const organization = around.find((each) => boundaries?.organizations.has(each));
  if (!boundaries || organization === undefined) return [];
  const found: Boundary[] = [];
  for await (const page of boundaries.of(organization)) {
    for (const policy of page) {
      const name = textIn(policy, 'name') ?? '';
      const bindings = await boundaries.bindings(name);
      if (bindings.some((binding) => binds(binding, around)))
        found.push({ name: name.replace(/.*\//, ''), resources: resourcesOf(policy) });
    }
  }
  return found;
}

/** Only what is certain: another condition than that on service accounts may leave this one out. */
function binds(binding: Json, around: readonly string[]): boolean {
  const bound = withoutService(textIn(objectIn(binding, 'target'), 'principalSet') ?? '');
  const condition = textIn(objectIn(binding, 'condition'), 'expression');
  return around.includes(bound) && (condition === undefined || ofServiceAccounts.test(condition));
}

const ofServiceAccounts = /^\s*principal\.type\s*==\s*["']iam\.googleapis\.com\/ServiceAccount["']\s*$/;

function restraintBy(denials: readonly Denial[], boundaries: readonly Boundary[], observedAt: Instant): Restraint {
  const denied = denials.map(({ permissions, exceptPermissions, policy }) => {
    const but = exceptPermissions.length === 0 ? '' : ` but ${exceptPermissions.join(' ')}`;
    return `denied ${permissions.join(' ')}${but} by deny policy ${policy}`;
  });
  const bound = boundaries.map(({ name, resources }) => `reaches ${resources.join(' ')} only, by access boundary ${name}`);
  const by = (names: readonly string[]): string => [...new Set(names)].toSorted().join(', ');
  return {
    told: [...denied, ...bound].toSorted(),
    details: {
      ...(denials.length === 0 ? {} : { deniedBy: by(denials.map(({ policy }) => policy)) }),
      ...(boundaries.length === 0 ? {} : { boundTo: by(boundaries.map(({ name }) => name)) }),
    },
    evidence: [...(denials.length === 0 ? [] : [getDenyPolicy]), ...(boundaries.length === 0 ? [] : [listBoundaries, searchBindings])].map(
      ({ call }) => ({ operation: call, observedAt, fields: ['privileges'] }),
    ),
  };
}
