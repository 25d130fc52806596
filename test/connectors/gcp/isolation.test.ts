import { describe, expect, test } from 'vitest';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { type Answer, account, email, errorInfo, key, lookAtGoogle, refused } from './rig.ts';

const denied = refused(403, 'PERMISSION_DENIED', 'The caller does not have permission');
const off = refused(403, 'PERMISSION_DENIED', 'Identity and Access Management (IAM) API has not been used.', errorInfo('SERVICE_DISABLED'));
const accounts = ['first', 'closed', 'gone', 'last'];

/** Three projects; in the second one IAM is off, in the others two service accounts cannot be read. */
function answer({ url }: WireRequest): Answer {
  const path = decodeURIComponent(new URL(url).pathname);
  const project = /projects\/([\w-]+)/.exec(path)?.[1] ?? '';
  const of = (name: string): object => account(name, { name: `projects/${project}/serviceAccounts/${email(name)}` });
  if (path.endsWith('/serviceAccounts')) return project === 'off' ? off : { body: { accounts: accounts.map(of) } };
  if (!/\/serviceAccounts\/[^/]+(?:\/keys|:getIamPolicy)$/.test(path)) return denied;
  if (path.includes('/closed@')) return denied;
  if (path.includes('/gone@')) return refused(404, 'NOT_FOUND', 'Unknown service account');
  if (path.endsWith(':getIamPolicy'))
    return { body: { bindings: [{ role: 'roles/iam.serviceAccountUser', members: ['user:x@larkspur.example'] }] } };
  const name = /serviceAccounts\/([^@]+)@/.exec(path)?.[1] ?? '';
  return {
    body: {
      keys: [key(name, `${project}-${name}`, { name: `projects/${project}/serviceAccounts/${email(name)}/keys/${project}-${name}` })],
    },
  };
}

describe('what cannot be read hides nothing beside it', () => {
  const settings = { projects: ['one', 'off', 'three'] };

  test.each([
    ['gcp.service_account_key', ['one-first', 'one-last', 'three-first', 'three-last']],
    [
      'gcp.service_account_access',
      ['first', 'last', 'first', 'last'].map((name) => `user:x@larkspur.example roles/iam.serviceAccountUser on ${email(name)}`),
    ],
  ])('for %s: one service account, one project, one API that is off', async (surface, names) => {
    const { records, coverage } = await lookAtGoogle(answer, { settings, surfaces: [surface] });
    expect(records.map(({ name }) => name)).toEqual(names);
    const gaps = ['one', 'three'].map((project) => [
      `service-account/${email('closed')} denied`,
      `service-account/${email('gone')} partial`,
      `project/${project} partial`,
    ]);
    expect(coverage.map(({ scope, state }) => `${scope} ${state}`)).toEqual([
      ...(gaps[0] ?? []),
      'project/off not-enabled',
      ...(gaps[1] ?? []),
    ]);
  });

  test('an account that is gone from its list is no proof of revocation: its place is not complete', async () => {
    const { coverage } = await lookAtGoogle(answer, { settings: { projects: ['one'] }, surfaces: ['gcp.service_account_key'] });
    expect(coverage.at(-1)).toMatchObject({ scope: 'project/one', state: 'partial' });
  });
});

describe('a project by its number', () => {
  const named: Answer = { body: { name: 'projects/481516234200', projectId: 'larkspur-analytics', state: 'ACTIVE' } };
  const surfaces = ['gcp.hmac_key'];
  const keys: Answer = {
    body: { items: [{ accessId: 'GOOG1', serviceAccountEmail: '481516234200-compute@developer.gserviceaccount.com', state: 'ACTIVE' }] },
  };
  const respond =
    (project: Answer) =>
    ({ url }: WireRequest): Answer =>
      url.includes('/hmacKeys') ? keys : project;

  test('is called by its id everywhere', async () => {
    const { records, coverage } = await lookAtGoogle(respond(named), { settings: { projects: ['481516234200'] }, surfaces });
    expect(coverage).toMatchObject([{ scope: 'project/larkspur-analytics', state: 'complete' }]);
    expect(records).toMatchObject([
      {
        id: 'projects/larkspur-analytics/hmacKeys/GOOG1',
        identity: 'projects/larkspur-analytics/serviceAccounts/481516234200-compute@developer.gserviceaccount.com',
      },
    ]);
  });

  test('and by its id is one project, and read once', async () => {
    const { coverage } = await lookAtGoogle(respond(named), { settings: { projects: ['larkspur-analytics', '481516234200'] }, surfaces });
    expect(coverage.map(({ scope }) => scope)).toEqual(['project/larkspur-analytics']);
  });

  test('that cannot be looked up is read by its number', async () => {
    const { coverage } = await lookAtGoogle(respond(denied), { settings: { projects: ['481516234200'] }, surfaces });
    expect(coverage).toMatchObject([{ scope: 'project/481516234200', state: 'complete' }]);
  });
});
