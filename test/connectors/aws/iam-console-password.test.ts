import { describe, expect, test } from 'vitest';
import { refused } from './client.ts';
import { company, credentialsOf, reportWith } from './company.ts';

const surface = 'aws.iam_console_password';
const kind = surface;
const denied = refused(403, 'AccessDenied', 'User: u is not authorized to perform: iam:GetLoginProfile on resource: *');
const gone = refused(404, 'NoSuchEntity', 'Login Profile for User cannot be found.');

describe('console passwords', () => {
  test('are those of the report, with the time of their last change', async () => {
    const found = credentialsOf(await company([surface]), kind);
    expect(found).toMatchObject([
      { name: 'lee.sandoval/console-password', rotatedAt: '2026-02-02T09:12:00Z', lastUsedAt: '2026-08-13T16:02:00Z' },
      {
        name: 'mira.haddad/console-password',
        rotatedAt: '2025-03-03T08:00:00Z',
        expiresAt: null,
        details: { changeDueAt: '2025-06-01T08:00:00Z' },
      },
    ]);
    expect(found[0]?.evidence[0]).toMatchObject({ operation: 'iam:GetCredentialReport', observedAt: '2026-11-20T23:59:41Z' });
  });

  test('ask for their first date only where they were never used', async () => {
    const outcome = await company([surface]);
    expect(outcome.calls.filter((call) => call.startsWith('GetLoginProfile'))).toEqual(['GetLoginProfile mira.haddad']);
    expect(credentialsOf(outcome, kind)[1]).toMatchObject({
      createdAt: '2025-03-03T08:00:00Z',
      lastUsedAt: null,
      since: { lastUsedAt: '2025-03-03T08:00:00Z' },
    });
  });

  test('are no less where that is refused', async () => {
    const outcome = await company([surface], ({ action }) => (action === 'GetLoginProfile' ? denied : undefined));
    expect(credentialsOf(outcome, kind)).toHaveLength(2);
    expect(credentialsOf(outcome, kind)[1]?.unknown).toMatchObject({ createdAt: { why: 'permission-denied' } });
  });

  test('of a user who is newer than the report are asked for', async () => {
    const answer = await reportWith('user/old-probe,2023-12-01T13:59:30Z,false', 'user/old-probe,2020-02-02T02:02:02Z,true');
    const outcome = await company([surface], ({ action, form }) =>
      action === 'GetCredentialReport' ? answer : form.get('UserName') === 'old-probe' ? gone : undefined,
    );
    expect(outcome.calls).toContain('GetLoginProfile old-probe');
    expect(credentialsOf(outcome, kind).map(({ name }) => name)).not.toContain('old-probe/console-password');
  });

  test('that were taken away since the report are not shown', async () => {
    const outcome = await company([surface], ({ action }) => (action === 'GetLoginProfile' ? gone : undefined));
    expect(credentialsOf(outcome, kind).map(({ name }) => name)).toEqual(['lee.sandoval/console-password']);
  });

  test('are not called none where there is no report', async () => {
    const outcome = await company([surface], ({ action }) =>
      action === 'GetCredentialReport' ? refused(403, 'AccessDenied', 'not authorized to perform: iam:GetCredentialReport') : undefined,
    );
    expect(outcome.coverage.find((row) => row.surface === surface)).toMatchObject({
      state: 'denied',
      requires: ['iam:GetCredentialReport'],
    });
  });
});
