import type { AuthClient } from 'google-auth-library';
import type { ConnectContext, Place } from '../../src/connector/contract.ts';
import { milliseconds } from '../../src/model/duration.ts';
import type { Instant } from '../../src/model/instant.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import type { BoundarySession } from './access-boundary.ts';
import type { Json } from './answer.ts';
import { tokenBudget } from './api.ts';
import { openDenyPolicies } from './deny-policies.ts';
import type { DenialSession } from './deny-policy.ts';
import { type Estate, openEstate } from './estate.ts';
import { type IamLibrary, openIamLibrary } from './iam-library.ts';
import { sharedPages } from './pages.ts';
import { isBeingDeleted } from './project.ts';
import { type Reader, openReader } from './reader.ts';
import { LoginError, classify } from './refusal.ts';
import { type OrganizationSession, type Session, type TreeSession, openOrganization, openProject } from './session.ts';
import type { Settings } from './settings.ts';
import { over } from './transport.ts';
import { scopeOfParent, walk } from './walk.ts';

export type AnySession = Session | OrganizationSession | TreeSession | DenialSession | BoundarySession;

// What may be done is the role's business. The narrower `cloud-platform.read-only` is not among the scopes that IAM, Secret Manager and
// Asset Inventory take. https://developers.google.com/identity/protocols/oauth2/scopes#iam
const scope = 'https://www.googleapis.com/auth/cloud-platform';

type Login = { readonly client: AuthClient; readonly projects: readonly string[] };

/** One login for all places; the token is asked for when the first one is opened, so that a refused login closes places. */
export async function* connect(settings: Settings, context: ConnectContext): AsyncGenerator<Place<AnySession>> {
  const { client, projects } = context.replaying ? await placeholderLogin(settings, context) : await logIn(settings, context);
  if (settings.quotaProject !== undefined) client.quotaProjectId = settings.quotaProject;
  const google = openReader(client, settings, context);
  let proof: Promise<void> | undefined;
  const proven = (): Promise<void> => (proof ??= prove(client));
  const roots = rootsOf(settings);
  let loading: Promise<IamLibrary> | undefined;
  const library = (): Promise<IamLibrary> => (loading ??= openIamLibrary(google));
  const denyPolicies = settings.denyPolicies === true ? openDenyPolicies(library) : undefined;
  const estate = openEstate(google, roots, { inventory: settings.assetInventory !== false, denyPolicies });
  const way = { google, settings, proven, estate, library, now: context.now };
  const seen = new Set<string>();
  for (const named of projects) {
    const project = await idOfNamed(named, way);
    if (seen.has(project)) continue;
    seen.add(project);
    yield* placesOfProject(project, undefined, way);
  }
  for (const organization of settings.organizations ?? []) yield* placesOfOrganization(organization, way);
  for (const root of roots) yield* placesUnder(root, seen, way);
}

type Way = {
  readonly google: Reader;
  readonly settings: Settings;
  readonly proven: () => Promise<void>;
  readonly estate: Estate;
  library(): Promise<IamLibrary>;
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

function* placesOfOrganization(organization: string, { google, settings, proven, library }: Way): Generator<Place<AnySession>> {
  const scope = `organization/${organization}`;
  yield {
    level: 'organization',
    scope,
    async open() {
      await proven();
      return openOrganization(organization, google);
    },
  };
  if (settings.accessBoundaries !== true) return;
  yield {
    level: 'boundary',
    scope,
    async open() {
      await proven();
      return { scope, organization, library };
    },
  };
}

function* placesOfProject(project: string, path: readonly string[] | undefined, way: Way): Generator<Place<AnySession>> {
  yield projectPlace(project, path, way);
  yield* denialPlaces(`projects/${project}`, way);
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
      yield* placesOfProject(id, [`projects/${id}`, ...each.ancestors], way);
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

/** `path`: the project and what it is in, where a walk has found it. */
function projectPlace(project: string, path: readonly string[] | undefined, { settings, proven, estate, now }: Way): Place<AnySession> {
  return {
    level: 'project',
    scope: `project/${project}`,
    async open() {
      await proven();
      const { secretLocations = [], confirmKeysAfter = '60d' } = settings;
      // What a folder is in is not walked: its projects say so themselves.
      const whole = path?.at(-1)?.startsWith('organizations/') === true ? path : undefined;
      return openProject(
        { project, isTold: path !== undefined, secretLocations, keyAge: milliseconds(confirmKeysAfter), path: whole, now },
        estate,
      );
    },
  };
}

async function logIn(settings: Settings, context: ConnectContext): Promise<Login> {
  const { GoogleAuth, OAuth2Client } = await import('google-auth-library');
  const transporterOptions = over(context.wire(tokenBudget));
  const named = namedProjects(settings, context);
  const auth = new GoogleAuth({
    scopes: [scope],
    clientOptions: { transporterOptions },
    // Unset, the library would look for a project by running gcloud and by asking a metadata server that may not be there.
    projectId: named[0] ?? 'unset',
  });
  const client = await auth.getClient().catch((error: unknown) => {
    throw classify(error) ? error : loginMissing(error);
  });
  leadOverWire(client, new OAuth2Client({ transporterOptions }).transporter);
  const own = client.projectId ?? undefined;
  const projects = named.length > 0 || own === undefined || walks(settings) ? named : [own];
  if (projects.length === 0 && !walks(settings)) throw projectMissing();
  return { client, projects };
}

/**
 * The library hands its options neither to the token exchange inside a federated login nor to the login behind an impersonated one: both
 * would go past the wire, and so past its pacing and its end.
 */
function leadOverWire(client: AuthClient, transporter: AuthClient['transporter']): void {
  const isImpersonated = Reflect.get(client, 'sourceClient') !== undefined;
  for (let each: unknown = isImpersonated ? client : Reflect.get(client, 'stsCredential'); isObject(each); ) {
    Reflect.set(each, 'transporter', transporter);
    const exchange: unknown = Reflect.get(each, 'stsCredential');
    if (isObject(exchange)) Reflect.set(exchange, 'transporter', transporter);
    each = Reflect.get(each, 'sourceClient');
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Recorded traffic needs no token, and no token endpoint is asked for one. */
async function placeholderLogin(settings: Settings, context: ConnectContext): Promise<Login> {
  const { OAuth2Client } = await import('google-auth-library');
  const projects = namedProjects(settings, context);
  if (projects.length === 0 && !walks(settings)) throw projectMissing();
  const client = new OAuth2Client();
  client.setCredentials({ access_token: 'placeholder' });
  return { client, projects };
}

/** The project of the environment is what is meant only where the settings name nothing to read. */
function namedProjects(settings: Settings, { env }: ConnectContext): readonly string[] {
  if (settings.projects !== undefined || walks(settings)) return settings.projects ?? [];
  const project = env['GOOGLE_CLOUD_PROJECT'] ?? env['GCLOUD_PROJECT'] ?? '';
  return project === '' ? [] : [project];
}

function walks({ organizations = [], folders = [] }: Settings): boolean {
  return organizations.length + folders.length > 0;
}

async function prove(client: AuthClient): Promise<void> {
  try {
    await client.getRequestHeaders();
  } catch (error) {
    throw new LoginError('Google refused the login', { cause: error });
  }
}

function loginMissing(error: unknown): OperatorError {
  return new OperatorError('login-missing', {
    message: `no usable Google Cloud login: ${reasonOf(error)}`,
    hint: 'run `gcloud auth application-default login`, or let GOOGLE_APPLICATION_CREDENTIALS name a credential file',
  });
}

/** A JSON parser quotes what it stumbled over, which in a credential file may be the private key. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'the credential file is not JSON';
  return error instanceof Error ? error.message : 'the credentials could not be read';
}

function projectMissing(): OperatorError {
  return new OperatorError('project-missing', {
    message: 'no Google Cloud project to read',
    hint: 'name projects in connectors.gcp.projects, or set GOOGLE_CLOUD_PROJECT',
  });
}
