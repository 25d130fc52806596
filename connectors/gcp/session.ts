import { type Activities, type ActivityType, readActivities } from './activity.ts';
import type { AssetInventory } from './asset-inventory.ts';
import { readAncestry } from './ancestry.ts';
import { type Json, textIn } from './answer.ts';
import { sharedPages } from './pages.ts';
import type { Reader } from './reader.ts';
import type { Found } from './walk.ts';

/** One project: what several surfaces read of it, each asked for once. */
export type Session = {
  /** As it is named in requests: id or number. */
  readonly project: string;
  readonly scope: string;
  readonly google: Reader;
  /** True where the tree that it was found in has told of the project already. */
  readonly isTold: boolean;
  /** What Cloud Asset Inventory tells, where the settings ask for it; the same for all projects. */
  readonly inventory: (() => Promise<AssetInventory>) | undefined;
  /** Locations of regional secrets that are read. */
  readonly secretLocations: readonly string[];
  /** Raw service accounts, page by page. */
  readonly serviceAccounts: AsyncIterable<readonly Json[]>;
  /** Raw workload identity pools, page by page; also deleted ones that can come back. */
  readonly pools: AsyncIterable<readonly Json[]>;
  /** Providers of one pool, by the pool's resource name. */
  providers(pool: string): Promise<readonly Json[]>;
  /** The allow policy of the project. */
  policy(): Promise<Json>;
  /** The project and what it is in, up to the organisation: `projects/p`, `folders/810020030040`, `organizations/6201`. */
  ancestry(): Promise<readonly string[]>;
  /** When service accounts or keys were last used: one paged query for the whole project. */
  activities(type: ActivityType): Promise<Activities>;
};
/** An organisation or folder whose projects are read. */
export type TreeSession = { readonly found: AsyncIterable<readonly Found[]> };
/** One organisation. */
export type OrganizationSession = {
  readonly organization: string;
  readonly scope: string;
  readonly google: Reader;
  /** Raw workforce pools, page by page. */
  readonly workforcePools: AsyncIterable<readonly Json[]>;
  /** Providers of one workforce pool, by the pool's resource name. */
  workforceProviders(pool: string): Promise<readonly Json[]>;
};

export type ProjectPlace = Pick<Session, 'project' | 'isTold' | 'secretLocations' | 'inventory'>;

export function openProject({ project, isTold, secretLocations, inventory }: ProjectPlace, google: Reader): Session {
  const root = `v1/projects/${project}`;
  let policy: Promise<Json> | undefined;
  let ancestry: Promise<readonly string[]> | undefined;
  const activities = remembered((type: ActivityType) =>
    readActivities(
      google.pages('policyanalyzer', `${root}/locations/global/activityTypes/${type}/activities:query`, 'activities', { pageSize: '1000' }),
    ),
  );
  return {
    project,
    scope: `project/${project}`,
    google,
    isTold,
    secretLocations,
    inventory,
    serviceAccounts: sharedPages(google.pages('iam', `${root}/serviceAccounts`, 'accounts', { pageSize: '100' })),
    pools: sharedPages(
      google.pages('iam', `${root}/locations/global/workloadIdentityPools`, 'workloadIdentityPools', {
        pageSize: '1000',
        showDeleted: 'true',
      }),
    ),
    providers: remembered((pool) =>
      whole(google.pages('iam', `v1/${pool}/providers`, 'workloadIdentityPoolProviders', { pageSize: '100', showDeleted: 'true' })),
    ),
    // Conditional bindings are only told from version 3 on. https://cloud.google.com/iam/docs/policies#versions
    policy: () =>
      (policy ??= google.post('cloudresourcemanager', `v3/projects/${project}:getIamPolicy`, {
        options: { requestedPolicyVersion: 3 },
      })),
    ancestry: () => (ancestry ??= readAncestry(google, project)),
    activities,
  };
}

export function openOrganization(organization: string, google: Reader): OrganizationSession {
  return {
    organization,
    scope: `organization/${organization}`,
    google,
    workforcePools: sharedPages(
      google.pages('iam', 'v1/locations/global/workforcePools', 'workforcePools', {
        parent: `organizations/${organization}`,
        pageSize: '100',
        showDeleted: 'true',
      }),
    ),
    workforceProviders: remembered((pool) =>
      whole(google.pages('iam', `v1/${pool}/providers`, 'workforcePoolProviders', { pageSize: '100', showDeleted: 'true' })),
    ),
  };
}

/** Asks once for each key; several surfaces get the same promise, also when it is refused. */
function remembered<Key, Value>(ask: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const asked = new Map<Key, Promise<Value>>();
  return (key) => {
    const before = asked.get(key);
    if (before) return before;
    const asking = ask(key);
    asked.set(key, asking);
    return asking;
  };
}

async function whole(pages: AsyncIterable<readonly Json[]>): Promise<readonly Json[]> {
  return (await Array.fromAsync(pages)).flat();
}

/** The name of a part in its row of coverage; what has no readable name is still told of. */
export function nameOr(item: Json, field: string, otherwise: string): string {
  const value = item[field];
  return typeof value === 'string' && value !== '' ? (textIn(item, field) ?? otherwise) : otherwise;
}
