import type { WireRequest } from '../../src/connector/wire.ts';

/** The calls this connector makes, by the names of Google's discovery documents. */
export const call = {
  listServiceAccounts: 'iam.projects.serviceAccounts.list',
  listServiceAccountKeys: 'iam.projects.serviceAccounts.keys.list',
  queryServiceAccountUse: 'policyanalyzer.activities.query/serviceAccountLastAuthentication',
  queryServiceAccountKeyUse: 'policyanalyzer.activities.query/serviceAccountKeyLastAuthentication',
} as const;

const calls: readonly (readonly [RegExp, string])[] = [
  [/\/v1\/projects\/[^/]+\/serviceAccounts$/, call.listServiceAccounts],
  [/\/v1\/projects\/[^/]+\/serviceAccounts\/[^/]+\/keys$/, call.listServiceAccountKeys],
  [/\/activityTypes\/serviceAccountLastAuthentication\/activities:query$/, call.queryServiceAccountUse],
  [/\/activityTypes\/serviceAccountKeyLastAuthentication\/activities:query$/, call.queryServiceAccountKeyUse],
];

/** Token requests go to other addresses, or end in `:generateAccessToken`. Any other request is named as it is, so that it is seen. */
export function operationOf({ method, url }: Pick<WireRequest, 'method' | 'url'>): string {
  const path = new URL(url).pathname;
  const known = method === 'GET' ? calls.find(([pattern]) => pattern.test(path)) : undefined;
  if (known) return known[1];
  const isLogin = !path.includes('/v1/projects/') || path.endsWith(':generateAccessToken');
  return isLogin ? '' : `${method} ${path}`;
}
