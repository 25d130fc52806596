import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { gcp } from '../../../connectors/gcp/index.ts';

const iam = 'https://iam.googleapis.com/v1/projects/p';
const analyzer = 'https://policyanalyzer.googleapis.com/v1/projects/p/locations/global/activityTypes';

describe('operation of a request', () => {
  test.each([
    ['GET', `${iam}/serviceAccounts?pageSize=100&pageToken=x`, 'iam.projects.serviceAccounts.list'],
    ['GET', `${iam}/serviceAccounts/a%40p.iam.gserviceaccount.com/keys?keyTypes=USER_MANAGED`, 'iam.projects.serviceAccounts.keys.list'],
    [
      'GET',
      `${analyzer}/serviceAccountLastAuthentication/activities:query`,
      'policyanalyzer.activities.query/serviceAccountLastAuthentication',
    ],
    [
      'GET',
      `${analyzer}/serviceAccountKeyLastAuthentication/activities:query`,
      'policyanalyzer.activities.query/serviceAccountKeyLastAuthentication',
    ],
    ['POST', 'https://oauth2.googleapis.com/token', ''],
    ['POST', 'https://sts.googleapis.com/v1/token', ''],
    ['POST', 'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@p.iam.gserviceaccount.com:generateAccessToken', ''],
    ['POST', `${iam}/serviceAccounts`, 'POST /v1/projects/p/serviceAccounts'],
    ['DELETE', `${iam}/serviceAccounts/a/keys/b`, 'DELETE /v1/projects/p/serviceAccounts/a/keys/b'],
  ])('%s %s', (method, url, expected) => {
    expect(gcp.operationOf({ method, url, headers: {} })).toBe(expected);
  });
});

describe('settings', () => {
  const isValid = new Ajv({ strict: true }).compile(gcp.settings);
  test.each([
    [{}, true],
    [{ projects: ['larkspur-analytics', '481516234200', 'example.com:legacy'], quotaProject: 'larkspur-billing' }, true],
    [{ endpoints: { iam: 'https://iam.private.example' } }, true],
    [{ organizations: ['620145873001'], assetInventory: false, confirmKeysAfter: '30d' }, true],
    [{ confirmKeysAfter: '30 days' }, false],
    [{ projects: [] }, false],
    [{ projects: ['a/b'] }, false],
    [{ projects: ['p', 'p'] }, false],
    [{ project: 'p' }, false],
    [{ endpoints: { iam: 'iam.private.example' } }, false],
  ])('%j is valid: %s', (settings, expected) => {
    expect(isValid(settings)).toBe(expected);
  });
});

test('declarations load no SDK', async () => {
  const script = `await import(${JSON.stringify(new URL('../../../connectors/gcp/index.ts', import.meta.url).href)});
    const { createRequire } = await import('node:module');
    console.log(Object.keys(createRequire(import.meta.url).cache).filter((path) => /google-auth-library|gaxios|google-gax|@google-cloud/.test(path)).length);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', script],
    {
      cwd: new URL('../../..', import.meta.url).pathname,
    },
  );
  expect(stdout.trim()).toBe('0');
});

test('the custom role holds exactly the permissions asked for', () => {
  const lines = gcp.permissionDocument(['b.c.list', 'a.b.list', 'b.c.list']).split('\n');
  expect(lines.slice(lines.indexOf('includedPermissions:') + 1)).toEqual(['- a.b.list', '- b.c.list', '']);
});

test('a permission that no role of Google’s names stays out of the role, which would be refused with it, and is told of', () => {
  const document = gcp.permissionDocument(['a.b.list', 'iam.googleapis.com/workforcePoolProviderScimTokens.list']);
  const [role = '', rest = ''] = document.split('includedPermissions:\n');
  expect(rest).toBe('- a.b.list\n');
  expect(role).toContain('# iam.googleapis.com/workforcePoolProviderScimTokens.list');
});
