import { expect, test } from 'vitest';
import { operationOf } from '../../../connectors/github/operation.ts';

const body = '{"query":"query RepositoryIndex($org: String!) { organization(login: $org) { login } }"}';

test.each([
  ['GET', 'https://api.github.com/orgs/acme/actions/secrets?per_page=100', undefined, 'GET /orgs/{org}/actions/secrets'],
  [
    'get',
    'https://api.github.com/organizations/90125501/actions/secrets?per_page=100&page=2',
    undefined,
    'GET /orgs/{org}/actions/secrets',
  ],
  ['GET', 'https://api.github.com/repos/acme/shop/keys', undefined, 'GET /repos/{owner}/{repo}/keys'],
  ['GET', 'https://api.github.com/repositories/1300192/keys?page=2', undefined, 'GET /repos/{owner}/{repo}/keys'],
  ['GET', 'https://github.example/api/v3/orgs/acme/personal-access-tokens', undefined, 'GET /orgs/{org}/personal-access-tokens'],
  ['POST', 'https://api.github.com/graphql', body, 'graphql:RepositoryIndex'],
  ['POST', 'https://github.example/api/graphql', body, 'graphql:RepositoryIndex'],
  ['POST', 'https://api.github.com/graphql', '{"query":"{ viewer { login } }"}', 'graphql:unnamed'],
  ['GET', 'https://api.github.com/orgs/acme', undefined, ''],
  ['GET', 'https://github.example/api/v3/orgs/acme', undefined, ''],
  ['GET', 'https://api.github.com/orgs/acme/installation', undefined, ''],
  ['POST', 'https://api.github.com/app/installations/1/access_tokens', undefined, ''],
  ['GET', 'https://api.github.com/users/tlind/gpg_keys?per_page=100', undefined, 'GET /users/{username}/gpg_keys'],
  ['GET', 'https://api.github.com/user/70110004/gpg_keys?page=2', undefined, 'GET /users/{username}/gpg_keys'],
  ['GET', 'https://api.github.com/user/gpg_keys?page=2', undefined, 'GET /user/gpg_keys'],
  ['GET', 'https://api.github.com/apps/renovate', undefined, 'GET /apps/{app_slug}'],
  [
    'GET',
    'https://api.github.com/orgs/acme/insights/api/user-stats/7?page=2',
    undefined,
    'GET /orgs/{org}/insights/api/user-stats/{user_id}',
  ],
  ['GET', 'https://github.example/api/v3/admin/tokens', undefined, 'GET /admin/tokens'],
  ['GET', 'https://api.github.com/user', undefined, ''],
  ['GET', 'https://api.github.com/enterprises/acme/installation', undefined, ''],
  ['GET', 'https://api.github.com/enterprises/acme/apps/installable_organizations?page=2', undefined, ''],
  ['POST', 'https://api.github.com/graphql', '{"query":"query EnterpriseOrganizations($e: String!) { x }"}', ''],
  [
    'GET',
    'https://api.github.com/repos/acme/shop/hooks/7/deliveries?per_page=1',
    undefined,
    'GET /repos/{owner}/{repo}/hooks/{hook_id}/deliveries',
  ],
  ['GET', 'https://api.github.com/orgs/acme/hooks?per_page=100', undefined, 'GET /orgs/{org}/hooks'],
  [
    'GET',
    'https://api.github.com/repositories/1300192/environments/a%2Fb/secrets?page=2',
    undefined,
    'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets',
  ],
  ['DELETE', 'https://api.github.com/repos/acme/shop/keys/1', undefined, 'DELETE /repos/{owner}/{repo}/keys/1'],
])('%s %s is %4$s', (method, url, requestBody, operation) => {
  expect(operationOf({ method, url, ...(requestBody === undefined ? {} : { body: requestBody }) })).toBe(operation);
});
