import type { WireRequest, WireResponse } from '../src/connector/wire.ts';

/** Projects with their service accounts and keys, evenly spread. */
export type OrganizationSize = { readonly projects: number; readonly accounts: number; readonly keys: number };

/** Answers like the APIs of Google for one made-up organisation: pages of the documented size, the keys of one service account at a time. */
export function gcpOrganization({ projects, accounts, keys }: OrganizationSize): (request: WireRequest) => WireResponse {
  const perProject = Math.ceil(accounts / projects);
  const email = (project: string, index: number): string => `account-${String(index)}@${project}.iam.gserviceaccount.com`;
  const names = (project: string): readonly string[] =>
    Array.from({ length: perProject }, (_, index) => index)
      .filter((index) => Number(project.slice('project-'.length)) * perProject + index < accounts)
      .map((index) => email(project, index));
  const keysOf = (account: number): number => Math.floor(keys / accounts) + (account < keys % accounts ? 1 : 0);

  const assets = [
    ...Array.from({ length: projects }, (_, index) => projectAsset(`project-${String(index)}`)),
    ...Array.from({ length: accounts }, (_, index) => index).flatMap((index) => {
      const project = `project-${String(Math.floor(index / perProject))}`;
      const list = `projects/${project}/serviceAccounts/${email(project, index % perProject)}/keys`;
      // Google's own key of each service account is in the inventory too.
      const own = { name: `${list}/own`, keyType: 'SYSTEM_MANAGED' };
      return [own, ...Array.from({ length: keysOf(index) }, (_, each) => key(list, each, index))].map(keyAsset);
    }),
  ];
  const assetPage = (from: number, size: number): object => {
    const next = Math.min(assets.length, from + size);
    const page = { assets: assets.slice(from, next), readTime: '2026-11-20T23:40:00Z' };
    return next < assets.length ? { ...page, nextPageToken: String(next) } : page;
  };

  return ({ url }) => {
    const { pathname, searchParams } = new URL(url);
    const path = decodeURIComponent(pathname);
    const project = /projects\/([^/:]+)/.exec(path)?.[1] ?? '';
    if (path.endsWith('/assets')) return json(assetPage(Number(searchParams.get('pageToken') ?? 0), Number(searchParams.get('pageSize'))));
    if (path === '/v3/folders') return json({});
    if (path === '/v3/projects') return json(projectPage(projects, searchParams));
    if (path.endsWith(':getIamPolicy'))
      return json({ version: 1, bindings: [{ role: 'roles/viewer', members: names(project).map((name) => `serviceAccount:${name}`) }] });
    if (path.endsWith('/serviceAccounts')) return json({ accounts: names(project).map((name) => account(project, name)) });
    if (path.endsWith('activities:query')) return json({ activities: names(project).map((name) => activity(project, name)) });
    const found = /account-(\d+)@project-(\d+)\./.exec(path);
    const owner = Number(found?.[2]) * perProject + Number(found?.[1]);
    return json({ keys: Array.from({ length: keysOf(owner) }, (_, index) => key(path.slice('/v1/'.length), index, owner)) });
  };
}

function projectPage(projects: number, query: URLSearchParams): object {
  const from = Number(query.get('pageToken') ?? 0);
  const next = Math.min(projects, from + Number(query.get('pageSize')));
  const page = Array.from({ length: next - from }, (_, index) => {
    const number = String(from + index);
    return { name: `projects/${number}`, projectId: `project-${number}`, state: 'ACTIVE', displayName: `Project ${number}` };
  });
  return next < projects ? { projects: page, nextPageToken: String(next) } : { projects: page };
}

function account(project: string, email: string): object {
  return { name: `projects/${project}/serviceAccounts/${email}`, email, uniqueId: email, projectId: project };
}

/** One service account in ten has old keys without an end; the others are under an organisation policy that ends keys after 90 days. */
function key(list: string, index: number, owner: number): object {
  const times =
    owner % 10 === 0
      ? { validAfterTime: '2025-01-01T00:00:00Z', validBeforeTime: '9999-12-31T23:59:59Z' }
      : { validAfterTime: '2026-10-20T00:00:00Z', validBeforeTime: '2027-01-18T00:00:00Z' };
  return {
    name: `${list}/${String(index)}`,
    ...times,
    keyOrigin: 'GOOGLE_PROVIDED',
    keyType: 'USER_MANAGED',
    keyAlgorithm: 'KEY_ALG_RSA_2048',
  };
}

function projectAsset(projectId: string): object {
  return { assetType: 'cloudresourcemanager.googleapis.com/Project', resource: { data: { projectId, lifecycleState: 'ACTIVE' } } };
}

function keyAsset(data: object): object {
  return { assetType: 'iam.googleapis.com/ServiceAccountKey', resource: { data } };
}

function activity(project: string, email: string): object {
  return {
    fullResourceName: `//iam.googleapis.com/projects/${project}/serviceAccounts/${email}`,
    observationPeriod: { startTime: '2025-06-01T07:00:00Z', endTime: '2026-11-20T08:00:00Z' },
    activity: { lastAuthenticatedTime: '2026-11-19T08:00:00Z', serviceAccount: { serviceAccountId: email } },
  };
}

function json(body: object): WireResponse {
  return { status: 200, headers: { 'content-type': 'application/json; charset=UTF-8' }, body: JSON.stringify(body) };
}
