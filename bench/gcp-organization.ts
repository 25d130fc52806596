import type { WireRequest, WireResponse } from '../src/connector/wire.ts';

/** Folders with projects, and in these service accounts and keys, evenly spread; each project has one secret too. */
export type OrganizationSize = { readonly folders: number; readonly projects: number; readonly accounts: number; readonly keys: number };
/** Whether Activity Analyzer answers for the organisation, or only for each project. */
export type Answers = { readonly organizationActivities: boolean };

type Page = { readonly items: readonly object[]; readonly field: string; readonly more?: object };

/** Answers like the APIs of Google for one made-up organisation: pages of the documented size, the keys of one service account at a time. */
export function gcpOrganization(size: OrganizationSize, { organizationActivities }: Answers): (request: WireRequest) => WireResponse {
  const { folders, projects, accounts, keys } = size;
  const perProject = Math.ceil(accounts / projects);
  const keysOf = (account: number): number => Math.floor(keys / accounts) + (account < keys % accounts ? 1 : 0);
  const ids = range(projects).map((index) => `project-${String(index)}`);
  const all = range(accounts).map((index) => {
    const project = ids[Math.floor(index / perProject)] ?? '';
    const email = `account-${String(index)}@${project}.iam.gserviceaccount.com`;
    const name = `projects/${project}/serviceAccounts/${email}`;
    return {
      project,
      index,
      item: { name, email, uniqueId: email, projectId: project },
      keys: range(keysOf(index)).map((each) => key(name, each, index)),
    };
  });
  const byProject = Map.groupBy(all, ({ project }) => project);
  const byName = new Map(all.map((account) => [`/v1/${account.item.name}/keys`, account]));
  const assets = [
    ...ids.map((projectId, index) => asset('cloudresourcemanager.googleapis.com/Project', { projectId, projectNumber: String(index) })),
    ...all.map(({ item }) => asset('iam.googleapis.com/ServiceAccount', item)),
    ...all.flatMap((account) =>
      [ownKey(account.item.name), ...account.keys].map((each) => asset('iam.googleapis.com/ServiceAccountKey', each)),
    ),
  ];
  const policies = [
    { name: '//cloudresourcemanager.googleapis.com/organizations/1', iamPolicy: {} },
    ...range(folders).map((index) => ({ name: `//cloudresourcemanager.googleapis.com/folders/${String(index + 2)}`, iamPolicy: {} })),
    ...ids.map((id, index) => ({ name: `//cloudresourcemanager.googleapis.com/projects/${String(index)}`, iamPolicy: policyOf(id) })),
    ...all.flatMap(({ item, index }) =>
      namesSomebody(index)
        ? [{ assetType: 'iam.googleapis.com/ServiceAccount', name: `//iam.googleapis.com/${item.name}`, iamPolicy: ownPolicy }]
        : [],
    ),
  ];

  function policyOf(project: string): object {
    const members = (byProject.get(project) ?? []).map(({ item }) => `serviceAccount:${item.email}`);
    return { version: 1, bindings: [{ role: 'roles/viewer', members }] };
  }

  function activities(path: string): readonly object[] {
    const within = path.includes('/organizations/') ? (organizationActivities ? all : []) : (byProject.get(projectIn(path)) ?? []);
    if (!path.includes('KeyLastAuthentication')) return within.map(({ item }) => activity(item.name));
    return within.flatMap((account) => account.keys.map(({ name }) => activity(name)));
  }

  function pageFor(path: string, query: URLSearchParams): Page | undefined {
    const parent = query.get('parent') ?? '';
    const more = { readTime: '2026-11-20T23:40:00Z' };
    if (path.endsWith('/assets')) return { items: query.get('contentType') === 'RESOURCE' ? assets : policies, field: 'assets', more };
    if (path === '/v3/folders')
      return {
        items: parent === 'organizations/1' ? range(folders).map((index) => ({ name: `folders/${String(index + 2)}` })) : [],
        field: 'folders',
      };
    if (path === '/v3/projects') {
      const folder = Number(parent.replace('folders/', '')) - 2;
      return {
        items: ids
          .filter((_, index) => index % folders === folder)
          .map((projectId) => ({ name: 'projects/1', projectId, state: 'ACTIVE' })),
        field: 'projects',
      };
    }
    if (path.endsWith('/serviceAccounts'))
      return { items: (byProject.get(projectIn(path)) ?? []).map(({ item }) => item), field: 'accounts' };
    if (path.endsWith('/secrets')) return { items: [{ name: `${path.slice('/v1/'.length)}/orders-db` }], field: 'secrets' };
    if (path.endsWith('/versions'))
      return {
        items: [{ name: `${path.slice('/v1/'.length)}/1`, state: 'ENABLED', createTime: '2026-10-20T00:00:00Z' }],
        field: 'versions',
      };
    if (path.endsWith('activities:query')) return { items: activities(path), field: 'activities' };
    return undefined;
  }

  return ({ url }) => {
    const { pathname, searchParams } = new URL(url);
    const path = decodeURIComponent(pathname);
    const page = pageFor(path, searchParams);
    if (page) return json(cut(page, searchParams));
    const account = byName.get(path.replace(/:getIamPolicy$/, '/keys'));
    if (account && path.endsWith(':getIamPolicy')) return json(namesSomebody(account.index) ? ownPolicy : {});
    if (path.endsWith(':getIamPolicy')) return json(policyOf(projectIn(path)));
    return json({ keys: account?.keys ?? [] });
  };
}

function cut({ items, field, more = {} }: Page, query: URLSearchParams): object {
  const from = Number(query.get('pageToken') ?? 0);
  const next = from + Number(query.get('pageSize'));
  return { [field]: items.slice(from, next), ...(next < items.length ? { nextPageToken: String(next) } : {}), ...more };
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

function projectIn(path: string): string {
  return /projects\/([^/:]+)/.exec(path)?.[1] ?? '';
}

/** Another service account in ten lets somebody become it. */
function namesSomebody(index: number): boolean {
  return index % 10 === 5;
}

const ownPolicy = { bindings: [{ role: 'roles/iam.serviceAccountTokenCreator', members: ['group:platform@larkspur.example'] }] };

/** One service account in ten has old keys without an end; the others are under an organisation policy that ends keys after 90 days. */
function key(account: string, index: number, owner: number) {
  const times =
    owner % 10 === 0
      ? { validAfterTime: '2025-01-01T00:00:00Z', validBeforeTime: '9999-12-31T23:59:59Z' }
      : { validAfterTime: '2026-10-20T00:00:00Z', validBeforeTime: '2027-01-18T00:00:00Z' };
  const name = `${account}/keys/${String(index)}`;
  return { name, ...times, keyOrigin: 'GOOGLE_PROVIDED', keyType: 'USER_MANAGED', keyAlgorithm: 'KEY_ALG_RSA_2048' };
}

/** Google's own key of each service account is in the inventory too. */
function ownKey(account: string): object {
  return {
    name: `${account}/keys/own`,
    keyType: 'SYSTEM_MANAGED',
    validAfterTime: '2026-11-12T04:00:00Z',
    validBeforeTime: '2026-11-29T04:00:00Z',
  };
}

function asset(assetType: string, data: object): object {
  return { assetType, resource: { data } };
}

function activity(name: string): object {
  return {
    fullResourceName: `//iam.googleapis.com/${name}`,
    observationPeriod: { startTime: '2025-06-01T07:00:00Z', endTime: '2026-11-20T08:00:00Z' },
    activity: { lastAuthenticatedTime: '2026-11-19T08:00:00Z' },
  };
}

function json(body: object): WireResponse {
  return { status: 200, headers: { 'content-type': 'application/json; charset=UTF-8' }, body: JSON.stringify(body) };
}
