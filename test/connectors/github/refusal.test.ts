import { describe, expect, test } from 'vitest';
import { classify } from '../../../connectors/github/refusal.ts';
import { UnreachableError } from '../../../src/connector/refusal.ts';
import type { UnknownReason } from '../../../src/model/fact.ts';
import { type Answer, sessionOf } from './answers.ts';

async function refusalTo(path: string, answer: Answer) {
  const { client } = await sessionOf({ [`GET ${path}`]: answer });
  return client.request(`GET ${path}`).then(
    () => undefined,
    (error: unknown) => classify(error),
  );
}

const hooks = '/orgs/larkspur-foods/hooks';
const tokens = '/orgs/larkspur-foods/personal-access-tokens';

describe('an HTTP answer that Octokit throws', () => {
  test.each<[string, string, Answer, UnknownReason, RegExp]>([
    [
      'a missing permission',
      hooks,
      { status: 403, body: { message: 'Resource not accessible by integration' } },
      'permission-denied',
      /403.*not accessible/,
    ],
    [
      'a missing permission, told as 404',
      hooks,
      { status: 404, body: { message: 'Not Found' } },
      'permission-denied',
      /404.*permission is missing/,
    ],
    ['a list for Apps only', tokens, { status: 403, body: { message: 'Forbidden' } }, 'permission-denied', /only a GitHub App/],
    [
      'a list for Apps only, told as 404',
      tokens,
      { status: 404, body: { message: 'Not Found' } },
      'permission-denied',
      /only a GitHub App/,
    ],
    [
      'a token without single sign-on',
      hooks,
      {
        status: 403,
        headers: { 'x-github-sso': 'required; url=https://github.com/orgs/x/sso?authorization_request=AZ' },
        body: { message: 'Resource protected by organization SAML enforcement.' },
      },
      'permission-denied',
      /single sign-on$/,
    ],
    [
      'a blocked repository',
      '/repos/a/b/keys',
      { status: 451, body: { message: 'Repository access blocked' } },
      'permission-denied',
      /451/,
    ],
    [
      'a plan without it',
      hooks,
      { status: 403, body: { message: 'Upgrade to GitHub Enterprise to enable this feature.' } },
      'not-licensed',
      /Upgrade/,
    ],
    ['a bad token', hooks, { status: 401, body: { message: 'Bad credentials' } }, 'login-failed', /Bad credentials/],
    [
      'an App that is not installed',
      '/orgs/larkspur-foods/installation',
      { status: 404, body: { message: 'Not Found' } },
      'login-failed',
      /installed/,
    ],
    [
      'the primary limit',
      hooks,
      { status: 403, headers: { 'x-ratelimit-remaining': '0' }, body: { message: 'API rate limit exceeded' } },
      'throttled',
      /rate limit/,
    ],
    [
      'the secondary limit',
      hooks,
      { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
      'throttled',
      /secondary/,
    ],
    ['too many requests', hooks, { status: 429, body: { message: 'Too many requests' } }, 'throttled', /429/],
    [
      'a fault of theirs',
      hooks,
      { status: 502, body: '<html>Unicorn!</html>', headers: { 'content-type': 'text/html' } },
      'unreachable',
      /502/,
    ],
    ['what is gone', hooks, { status: 410, body: { message: 'Gone' } }, 'not-enabled', /410/],
    ['what they do not understand', hooks, { status: 422, body: { message: 'Validation Failed' } }, 'malformed-response', /422/],
    ['a conflict', hooks, { status: 409, body: { message: 'Conflict' } }, 'malformed-response', /409/],
    [
      'a move',
      hooks,
      { status: 301, headers: { location: 'https://api.github.com/organizations/1/hooks' }, body: { message: 'Moved Permanently' } },
      'malformed-response',
      /moved/,
    ],
    ['half of a body', hooks, { body: '[{"id": 1, "na' }, 'malformed-response', /other than JSON/],
    [
      'a login page of some proxy',
      hooks,
      { body: '<html></html>', headers: { 'content-type': 'text/html' } },
      'malformed-response',
      /other than JSON/,
    ],
    ['bytes', hooks, { body: 'abc', headers: { 'content-type': 'application/octet-stream' } }, 'malformed-response', /other than JSON/],
  ])('%s', async (_name, path, answer, why, detail) => {
    expect(await refusalTo(path, answer)).toMatchObject({ why, detail: expect.stringMatching(detail) as unknown });
  });

  test.each([
    ['organization_secrets=read', ['organization_secrets:read']],
    ['repository_projects=write; organization_projects=admin', ['repository_projects:write']],
    ['contents=read,metadata=read', ['contents:read', 'metadata:read']],
    ['allows_permissionless_access=true', undefined],
    ['<script>=read', undefined],
    ['', undefined],
  ])('names the permissions of %j', async (header, requires) => {
    const refusal = await refusalTo(hooks, {
      status: 404,
      headers: { 'x-accepted-github-permissions': header },
      body: { message: 'Not Found' },
    });
    expect(refusal?.requires).toEqual(requires);
  });

  test('shows neither the address that authorizes a token nor a page of text', async () => {
    const sso = await refusalTo(hooks, {
      status: 403,
      headers: { 'x-github-sso': 'required; url=https://github.com/sso?authorization_request=AZ' },
      body: { message: 'x'.repeat(5000) },
    });
    expect(sso?.detail).not.toContain('authorization_request');
    expect(sso?.detail.length).toBeLessThan(400);
  });
});

describe('a GraphQL answer with errors', () => {
  test.each<[string, unknown, UnknownReason]>([
    ['forbidden', { type: 'FORBIDDEN', message: 'Resource not accessible by personal access token' }, 'permission-denied'],
    ['not found', { type: 'NOT_FOUND', message: "Could not resolve to an Organization with the login of 'x'." }, 'permission-denied'],
    ['scopes', { type: 'INSUFFICIENT_SCOPES', message: 'Your token has not been granted the required scopes' }, 'permission-denied'],
    ['limit', { type: 'RATE_LIMITED', message: 'API rate limit exceeded' }, 'throttled'],
    ['secondary limit', { message: 'You have exceeded a secondary rate limit.' }, 'throttled'],
    ['time limit of theirs', { message: 'Something went wrong while executing your query.' }, 'unreachable'],
    ['a query they do not take', { type: 'undefinedField', message: "Field 'x' doesn't exist" }, 'malformed-response'],
    ['an error without words', null, 'unreachable'],
  ])('%s', async (_name, error, why) => {
    const { client } = await sessionOf({ 'POST /graphql': { body: { data: null, errors: [error] } } });
    // An error that is null breaks Octokit's own message, so that one is not thrown by it.
    const thrown: unknown =
      error === null
        ? Object.assign(new Error('x'), { name: 'GraphqlResponseError', errors: [null] })
        : await client.graphql('query X { x }').catch((each: unknown) => each);
    expect(classify(thrown)).toMatchObject({ why });
  });
});

describe('anything else', () => {
  test('a network without an answer, as Octokit wraps it', async () => {
    const wrapped = Object.assign(new Error('x', { cause: new UnreachableError('api.github.com did not answer (ENOTFOUND)') }), {
      name: 'HttpError',
      status: 500,
    });
    expect(classify(wrapped)).toEqual({ why: 'unreachable', detail: 'api.github.com did not answer (ENOTFOUND)' });
    expect(await Promise.resolve(classify(new TypeError('ours')))).toBeUndefined();
  });
});
