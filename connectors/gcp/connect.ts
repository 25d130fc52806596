import type { ConnectContext, Place } from '../../src/connector/contract.ts';
import { sharedPages } from '../../src/connector/shared-pages.ts';
import { milliseconds } from '../../src/model/duration.ts';
import type { Instant } from '../../src/model/instant.ts';
import { openAccessBoundaries } from './access-boundaries.ts';
import type { BoundarySession } from './access-boundary.ts';
import type { Json } from './answer.ts';
import { openDenyPolicies } from './deny-policies.ts';
import type { DenialSession } from './deny-policy.ts';
import { type Estate, openEstate } from './estate.ts';
import { type IamLibrary, openIamLibrary } from './iam-library.ts';
import { openLogin, prove } from './login.ts';
import { isBeingDeleted } from './project.ts';
import { type Reader, openReader } from './reader.ts';
import { classify } from './refusal.ts';
import { type OrganizationSession, type Session, type TreeSession, openOrganization, openProject } from './session.ts';
import type { Settings } from './settings.ts';
import { scopeOfParent, walk } from './walk.ts';

export type AnySession = Session | OrganizationSession | TreeSession | DenialSession | BoundarySession;

/** One login for all places; the token is asked for when the first one is opened, so that a refused login closes places. */
export async function* connect(settings: Settings, context: ConnectContext): AsyncGenerator<Place<AnySession>> {
  const { client, projects } = await openLogin(settings, context);
  const google = openReader(client, settings, context);
  let proof: Promise<void> | undefined;
  const proven = (): Promise<void> => (proof ??= prove(client));
  const roots = rootsOf(settings);
  let loading: Promise<IamLibrary> | undefined;
  const library = (): Promise<IamLibrary> => (loading ??= openIamLibrary(google));
  const denyPolicies = settings.denyPolicies === true ? openDenyPolicies(library) : undefined;
  const boundaries = settings.accessBoundaries === true ? openAccessBoundaries(library, settings.organizations ?? []) : undefined;
  const estate = openEstate(google, roots, { inventory: settings.assetInventory !== false, denyPolicies, boundaries });
  const way = { google, settings, proven, estate, now: context.now };
  const seen = new Set<string>();
  for (const named of projects) {
    const project = await idOfNamed(named, way);
    if (seen.has(project)) continue;
    seen.add(project);
    yield* placesOfProject({ project }, way);
  }
  for (const organization of settings.organizations ?? []) yield* placesOfOrganization(organization, way);
  for (const root of roots) yield* placesUnder(root, seen, way);
}

type Way = {
  readonly google: Reader;
  readonly settings: Settings;
  readonly proven: () => Promise<void>;
  readonly estate: Estate;
  now(): Instant;
};

/**
 * Google takes a number in place of an id and answers with either: ids are held against each other, so numbers are looked up first. One
 * that cannot be looked up stays what it is, and its place will tell why.
 */
async function idOfNamed(project: string, { google, proven }: Way): Promise<string> {
  if (!/^\d+$/.test(project)) return project;
  try {
    await proven();
    return idOf(await google.get('cloudresourcemanager', `v3/projects/${project}`, {})) ?? project;
  } catch (error) {
    if (!classify(error)) throw error;
    return project;
  }
}

function rootsOf({ organizations = [], folders = [] }: Settings): readonly string[] {
  return [...organizations.map((id) => `organizations/${id}`), ...folders.map((id) => `folders/${id}`)];
}

function* placesOfOrganization(organization: string, { google, proven, estate: { boundaries } }: Way): Generator<Place<AnySession>> {
  const scope = `organization/${organization}`;
  yield {
    level: 'organization',
    scope,
    async open() {
      await proven();
      return openOrganization(organization, google);
    },
  };
  if (boundaries === undefined) return;
  yield {
    level: 'boundary',
    scope,
    async open() {
      await proven();
      return { scope, organization: `organizations/${organization}`, boundaries };
    },
  };
}

/** `number` and `path`, the project and what it is in: as the walk that found it tells. */
type FoundProject = { readonly project: string; readonly number?: string; readonly path?: readonly string[] };

function* placesOfProject(found: FoundProject, way: Way): Generator<Place<AnySession>> {
  yield projectPlace(found, way);
  yield* denialPlaces(`projects/${found.project}`, way);
}

/** What deny policies can be attached to, where the settings ask for them. */
function* denialPlaces(resource: string, { proven, estate: { denyPolicies } }: Way): Generator<Place<AnySession>> {
  if (denyPolicies === undefined) return;
  const scope = scopeOfParent(resource);
  yield {
    level: 'denial',
    scope,
    async open() {
      await proven();
      return { scope, resource, denyPolicies };
    },
  };
}

/** The tree is a place too, which tells of its projects and of the folders that could not be read. */
async function* placesUnder(root: string, seen: Set<string>, way: Way): AsyncGenerator<Place<AnySession>> {
  const found = sharedPages(walk(way.google, root));
  yield {
    level: 'tree',
    scope: scopeOfParent(root),
    async open() {
      await way.proven();
      return { scope: scopeOfParent(root), found, estate: way.estate };
    },
  };
  yield* denialPlaces(root, way);
  await way.proven();
  for await (const page of found) {
    for (const each of page) {
      const id = 'project' in each ? idOf(each.project) : undefined;
      if ('error' in each || id === undefined || isBeingDeleted(each.project) || seen.has(id) || seen.has(numberOf(each.project))) continue;
      seen.add(id);
      yield* placesOfProject({ project: id, number: numberOf(each.project), path: [`projects/${id}`, ...each.ancestors] }, way);
    }
  }
}

/** The settings may name a project by its number: `projects/481516234200`. */
function numberOf({ name }: Json): string {
  return typeof name === 'string' ? name.replace(/^projects\//, '') : '';
}

/** A project without an id is an unreadable item of its tree. */
function idOf(project: Json): string | undefined {
  const id = project['projectId'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function projectPlace({ project, number, path }: FoundProject, { settings, proven, estate, now }: Way): Place<AnySession> {
  return {
    level: 'project',
    scope: `project/${project}`,
    async open() {
      await proven();
      const { secretLocations = [], confirmKeysAfter = '60d' } = settings;
      // What a folder is in is not walked: its projects say so themselves.
      const whole = path?.at(-1)?.startsWith('organizations/') === true ? path : undefined;
      return openProject(
        { project, number, isTold: path !== undefined, secretLocations, keyAge: milliseconds(confirmKeysAfter), path: whole, now },
        estate,
      );
    },
  };
}
