import { required } from '../../src/connector/item.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import { readAccount } from './account.ts';
import { type Json, isSet, listIn, objectIn, textIn, textsIn } from './answer.ts';
import { type Held, heldIn } from './held-role.ts';
import { keyTimes } from './key-life.ts';
import { answersOf } from './pages.ts';
import type { Reader } from './reader.ts';
import { classify } from './refusal.ts';
import { scopeOfParent } from './walk.ts';

// https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets/list

/** What Cloud Asset Inventory knows below organisations and folders. It follows changes with a delay, and may miss some. */
export type AssetInventory = {
  /** By id: for any other project it says nothing, not even that there is no key. */
  readonly projects: ReadonlyMap<string, ListedProject>;
  /** What it could not be asked for, and why: there everything is read directly. */
  readonly unread: readonly Unread[];
};
type Unread = { readonly root: string; readonly what: 'resources' | 'policies'; readonly error: unknown };
export type ListedProject = {
  readonly readAt: Instant;
  readonly accounts: readonly ListedAccount[];
  /** Folders and the organisation above what was asked for. */
  readonly above: readonly string[];
  /** Roles on all projects, folders and organisations that the inventory was asked for, by member; left out where they could not be read. */
  readonly held?: ReadonlyMap<string, readonly Held[]>;
};
export type ListedAccount = {
  readonly item: Json;
  readonly readAt: Instant;
  /** Those of the customer and those that Google rotates by itself. */
  readonly keys: readonly Json[];
  /** Whether its own allow policy names anybody, as of then; left out where the policies could not be read. */
  readonly policy?: { readonly namesSomebody: boolean; readonly readAt: Instant };
};

const types = {
  project: 'cloudresourcemanager.googleapis.com/Project',
  account: 'iam.googleapis.com/ServiceAccount',
  key: 'iam.googleapis.com/ServiceAccountKey',
} as const;
const withPolicies = [...['Organization', 'Folder', 'Project'].map((type) => `cloudresourcemanager.googleapis.com/${type}`), types.account];

/** Each root by itself: what is refused, broken off or unreadable at one says nothing of another. */
export async function readInventory(google: Reader, roots: readonly string[]): Promise<AssetInventory> {
  const projects = new Map<string, ListedProject>();
  const unread: Unread[] = [];
  for (const root of roots) {
    const read = async <T>(what: Unread['what'], reading: Promise<T>): Promise<T | undefined> => {
      try {
        return await reading;
      } catch (error) {
        if (!classify(error)) throw error;
        unread.push({ root: scopeOfParent(root), what, error });
        return undefined;
      }
    };
    const resources = await read('resources', readResources(google, root));
    if (!resources) continue;
    const policies = await read('policies', readPolicies(google, root, resources.ids));
    for (const [id, project] of resources.projects) projects.set(id, policies ? withPoliciesOf(project, policies) : project);
  }
  return { projects, unread };
}

type Resources = {
  readonly projects: ReadonlyMap<string, ListedProject>;
  /** Project ids by number. */
  readonly ids: ReadonlyMap<string, string>;
};
type Asset = { readonly type: string | undefined; readonly asset: Json; readonly readAt: Instant };

async function readResources(google: Reader, root: string): Promise<Resources> {
  const ids = new Map<string, string>();
  const projects = new Map<string, ListedProject>();
  const accounts: { readonly item: Json; readonly readAt: Instant; readonly project: string }[] = [];
  const keys = new Map<string, Json[]>();
  for await (const { type, asset, readAt } of assetsOf(google, root, 'RESOURCE', Object.values(types))) {
    const data = objectIn(objectIn(asset, 'resource'), 'data');
    if (type === types.project) {
      const id = required(textIn(data, 'projectId'), 'projectId');
      const ancestors = textsIn(asset, 'ancestors');
      projects.set(id, { readAt, accounts: [], above: ancestors.slice(ancestors.indexOf(root) + 1 || ancestors.length) });
      const number = data['projectNumber'];
      if (typeof number === 'string' || typeof number === 'number') ids.set(String(number), id);
    } else {
      const { project, account } = placeOf(data);
      if (type === types.account) {
        readAccount(data);
        accounts.push({ item: data, readAt, project });
      } else {
        readKey(data);
        keys.set(`${project}/${account}`, [...(keys.get(`${project}/${account}`) ?? []), data]);
      }
    }
  }
  for (const [id, each] of Map.groupBy(accounts, ({ project }) => ids.get(project) ?? project)) {
    const project = projects.get(id);
    const listed = each.map(({ item, readAt, project: place }) => ({ item, readAt, keys: taken(keys, place, item) }));
    if (project) projects.set(id, { ...project, accounts: listed });
  }
  // Keys of a service account that it does not list: it lags behind in that project.
  for (const place of keys.keys()) {
    const project = place.slice(0, place.indexOf('/'));
    projects.delete(ids.get(project) ?? project);
  }
  return { projects, ids };
}

/** Throws MalformedError for a key of another shape, so that nothing is taken from such an inventory. */
function readKey(data: Json): void {
  keyTimes(data);
  textIn(data, 'keyType');
  isSet(data, 'disabled');
}

/** The keys of one service account, which names itself by its address or by its unique id. */
function taken(keys: Map<string, Json[]>, project: string, item: Json): readonly Json[] {
  return ['email', 'uniqueId'].flatMap((field) => {
    const place = `${project}/${textIn(item, field) ?? ''}`;
    const own = keys.get(place) ?? [];
    keys.delete(place);
    return own;
  });
}

function placeOf(data: Json): { readonly project: string; readonly account: string } {
  const [, project, account] = /^projects\/([^/]+)\/serviceAccounts\/([^/]+)/.exec(textIn(data, 'name') ?? '') ?? [];
  return { project: required(project, 'a project in its name'), account: required(account, 'a service account in its name') };
}

type Policies = {
  readonly held: ReadonlyMap<string, readonly Held[]>;
  /** Service accounts, by unique id or address, whose own policy names somebody. */
  readonly named: ReadonlySet<string>;
  readonly readAt: Instant;
};

async function readPolicies(google: Reader, root: string, ids: ReadonlyMap<string, string>): Promise<Policies> {
  const held = new Map<string, readonly Held[]>();
  const named = new Set<string>();
  let oldest: Instant | undefined;
  for await (const { type, asset, readAt } of assetsOf(google, root, 'IAM_POLICY', withPolicies)) {
    oldest ??= readAt;
    const policy = objectIn(asset, 'iamPolicy');
    const name = required(textIn(asset, 'name'), 'name');
    if (type === types.account) {
      const account = required(/\/serviceAccounts\/([^/]+)$/.exec(name)?.[1], 'a service account in its name');
      if (listIn(policy, 'bindings').some((binding) => textsIn(binding, 'members').length > 0)) named.add(account);
      continue;
    }
    const resource = name.replace('//cloudresourcemanager.googleapis.com/', '');
    const id = ids.get(resource.replace('projects/', ''));
    for (const [member, roles] of heldIn(policy, id === undefined ? resource : `projects/${id}`, readAt))
      held.set(member, [...(held.get(member) ?? []), ...roles]);
  }
  return { held, named, readAt: required(oldest, 'any policy') };
}

/**
 * A service account without a policy is not in the list of policies. So that nobody is in its policy is only believed where the list shows
 * those of others: the inventory then speaks of such policies.
 */
function withPoliciesOf(project: ListedProject, { held, named, readAt }: Policies): ListedProject {
  if (named.size === 0) return { ...project, held };
  const accounts = project.accounts.map((account) => {
    const names = ['email', 'uniqueId'].map((field) => textIn(account.item, field) ?? '');
    return { ...account, policy: { namesSomebody: names.some((name) => named.has(name)), readAt } };
  });
  return { ...project, held, accounts };
}

async function* assetsOf(google: Reader, root: string, contentType: string, assetTypes: readonly string[]): AsyncGenerator<Asset> {
  const query = { assetTypes, contentType, pageSize: '1000' };
  for await (const answer of answersOf((pageToken) => google.get('cloudasset', `v1/${root}/assets`, { ...query, pageToken }))) {
    const readAt = required(instant(textIn(answer, 'readTime') ?? ''), 'readTime');
    for (const asset of listIn(answer, 'assets')) yield { type: textIn(asset, 'assetType'), asset, readAt };
  }
}
