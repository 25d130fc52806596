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

  return ({ url }) => {
    const { pathname, searchParams } = new URL(url);
    const path = decodeURIComponent(pathname);
    const project = /projects\/([^/:]+)/.exec(path)?.[1] ?? '';
    if (path === '/v3/folders') return json({});
    if (path === '/v3/projects') return json(projectPage(projects, searchParams));
    if (path.endsWith(':getIamPolicy'))
      return json({ version: 1, bindings: [{ role: 'roles/viewer', members: names(project).map((name) => `serviceAccount:${name}`) }] });
    if (path.endsWith('/serviceAccounts')) return json({ accounts: names(project).map((name) => account(project, name)) });
    if (path.endsWith('activities:query')) return json({ activities: names(project).map((name) => activity(project, name)) });
    const found = /account-(\d+)@project-(\d+)\./.exec(path);
    const count = keysOf(Number(found?.[2]) * perProject + Number(found?.[1]));
    return json({ keys: Array.from({ length: count }, (_, index) => key(path.slice('/v1/'.length), index)) });
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

function key(list: string, index: number): object {
  const times = { validAfterTime: '2026-01-01T00:00:00Z', validBeforeTime: '9999-12-31T23:59:59Z' };
  return {
    name: `${list}/${String(index)}`,
    ...times,
    keyOrigin: 'GOOGLE_PROVIDED',
    keyType: 'USER_MANAGED',
    keyAlgorithm: 'KEY_ALG_RSA_2048',
  };
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
