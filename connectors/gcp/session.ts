import { sharedPages } from '../../src/connector/shared-pages.ts';
import type { Instant } from '../../src/model/instant.ts';
import { type Activities, type ActivityType, readActivities } from './activity.ts';
import { readAncestry } from './ancestry.ts';
import { type Json, textIn } from './answer.ts';
import type { ListedProject } from './asset-inventory.ts';
import { type Counts, readCounts } from './authentication-count.ts';
import type { Estate } from './estate.ts';
import { type FoundAccount, accountsOf } from './found-account.ts';
import { answersOf } from './pages.ts';
import type { Reader } from './reader.ts';
import { remembered } from './remembered.ts';
import type { Found } from './walk.ts';

/** One project: what several surfaces read of it, each asked for once. */
export type Session = {
  /** As it is named in requests: id or number. */
  readonly project: string;
  /** Its number, where that was told when it was found. */
  readonly number: string | undefined;
  readonly scope: string;
  readonly google: Reader;
  /** True where the tree that it was found in has told of the project already. */
  readonly isTold: boolean;
  /** What it shares with the other projects of the run. */
  readonly estate: Estate;
  /** Milliseconds after which a key counts as old, and the inventory is not taken at its word. */
  readonly keyAge: number;
  /** Locations of regional secrets that are read. */
  readonly secretLocations: readonly string[];
  /** Service accounts, page by page. */
  readonly serviceAccounts: AsyncIterable<readonly FoundAccount[]>;
  /** What Cloud Asset Inventory says of the project; undefined where it does not speak of it. */
  listed(): Promise<ListedProject | undefined>;
  /** Raw workload identity pools, page by page; also deleted ones that can come back. */
  readonly pools: AsyncIterable<readonly Json[]>;
  /** Providers of one pool, by the pool's resource name. */
  providers(pool: string): Promise<readonly Json[]>;
  /** What Cloud SQL says of its instances, page by page. */
  readonly sqlInstances: AsyncIterable<Json>;
  /** The project and what it is in, up to the organisation: `projects/p`, `folders/810020030040`, `organizations/6201`. */
  ancestry(): Promise<readonly string[]>;
  /** When service accounts or keys were last used: one paged query for the whole project. */
  activities(type: ActivityType): Promise<Activities>;
  /** The same by the query of all that the project is in, where that speaks of it: enough to show a use, and not that there was none. */
  activitiesAtFirst(type: ActivityType): Promise<Activities>;
  /** What Cloud Monitoring counted of either. */
  counts(type: ActivityType): Promise<Counts>;
};
/** An organisation or folder whose projects are read. */
export type TreeSession = {
  readonly scope: string;
  readonly estate: Estate;
  readonly found: AsyncIterable<readonly Found[]>;
};
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

export type ProjectPlace = Pick<Session, 'project' | 'number' | 'isTold' | 'secretLocations' | 'keyAge'> & {
  /** The project and what it is in, where the walk has told. */
  readonly path: readonly string[] | undefined;
  now(): Instant;
};

export function openProject({ project, number, isTold, secretLocations, keyAge, path, now }: ProjectPlace, estate: Estate): Session {
  const { google } = estate;
  const root = `v1/projects/${project}`;
  let ancestry: Promise<readonly string[]> | undefined;
  const listed = async (): Promise<ListedProject | undefined> => (await estate.inventory())?.projects.get(project);
  const activities = remembered((type: ActivityType) => {
    const query = `${root}/locations/global/activityTypes/${type}/activities:query`;
    return readActivities(google.pages('policyanalyzer', query, 'activities', { pageSize: '1000' }));
  });
  const activitiesAtFirst = async (type: ActivityType): Promise<Activities> =>
    (await estate.activities(type)).get(project) ?? activities(type);
  const accounts = google.pages('iam', `${root}/serviceAccounts`, 'accounts', { pageSize: '100' });
  return {
    project,
    number,
    scope: `project/${project}`,
    google,
    estate,
    keyAge,
    isTold,
    secretLocations,
    listed,
    serviceAccounts: sharedPages(accountsOf(accounts, { listed, activitiesAtFirst, now })),
    pools: sharedPages(
      google.pages('iam', `${root}/locations/global/workloadIdentityPools`, 'workloadIdentityPools', {
        pageSize: '1000',
        showDeleted: 'true',
      }),
    ),
    providers: remembered((pool) =>
      whole(google.pages('iam', `v1/${pool}/providers`, 'workloadIdentityPoolProviders', { pageSize: '100', showDeleted: 'true' })),
    ),
    sqlInstances: sharedPages(
      answersOf((pageToken) => google.get('sqladmin', `sql/v1beta4/projects/${project}/instances`, { maxResults: '500', pageToken })),
    ),
    ancestry: () => (ancestry ??= path ? Promise.resolve(path) : readAncestry(google, project)),
    activities,
    activitiesAtFirst,
    counts: remembered((type) => readCounts(google, project, type, now())),
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

async function whole(pages: AsyncIterable<readonly Json[]>): Promise<readonly Json[]> {
  return (await Array.fromAsync(pages)).flat();
}

/** The name of a part in its row of coverage; what has no readable name is still told of. */
export function nameOr(item: Json, field: string, otherwise: string): string {
  const value = item[field];
  return typeof value === 'string' && value !== '' ? (textIn(item, field) ?? otherwise) : otherwise;
}
