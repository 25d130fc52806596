import { expect, test } from 'vitest';
import { denied, look } from './identity-answers.ts';
import { subjectClaims, tokenPermissions } from './raw-identities.ts';

const subject = 'GET /orgs/larkspur-foods/actions/oidc/customization/sub';
const token = 'GET /orgs/larkspur-foods/actions/permissions/workflow';
const answers = { [subject]: { body: subjectClaims }, [token]: { body: tokenPermissions } };

test('the workflows of an organization are an identity, and what their token may do is its grant', async () => {
  const { records, coverage } = await look('github.workflow', answers);
  expect(records).toMatchObject([
    {
      record: 'identity',
      id: 'organizations/90125501/actions',
      managedBy: 'service',
      details: { oidcSubject: 'repo, context', oidcSubjectByNumber: 'no' },
    },
    {
      record: 'grant',
      identity: 'organizations/90125501/actions',
      permission: 'read',
      privilege: 'read',
      privileges: ['read in the repository of the workflow'],
    },
  ]);
  expect(coverage).toMatchObject([{ state: 'complete', count: 2 }]);
});

test('a token that writes and approves says so', async () => {
  const body = { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true };
  const { records } = await look('github.workflow', { ...answers, [token]: { body } });
  expect(records[1]).toMatchObject({
    privilege: 'write',
    privileges: ['write in the repository of the workflow', 'approves pull requests'],
  });
});

test('an older server does not know of subjects by number', async () => {
  const { records } = await look('github.workflow', { ...answers, [subject]: { body: { include_claim_keys: ['repo'] } } });
  expect(records[0]?.details).toEqual({ oidcSubject: 'repo' });
});

test('a subject that is refused is a gap, and the grant is still read', async () => {
  const { records, coverage } = await look('github.workflow', { ...answers, [subject]: denied });
  expect(records).toHaveLength(2);
  expect(coverage).toMatchObject([
    { scope: 'organization/larkspur-foods/OIDC subject', state: 'denied', requires: ['organization_administration:read'] },
    { state: 'partial', count: 2 },
  ]);
});

test('a permission that nobody knows is not taken for read', async () => {
  const { coverage } = await look('github.workflow', { ...answers, [token]: { body: { default_workflow_permissions: 'all' } } });
  expect(coverage).toMatchObject([{ state: 'partial', reason: 'malformed-response', count: 1 }]);
});
