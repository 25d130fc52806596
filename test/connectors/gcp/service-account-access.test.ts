import { expect, test } from 'vitest';
import { serviceAccountGrantKind, workloadIdentityBindingKind } from '../../../connectors/gcp/service-account-access.ts';
import { remediesOf } from '../../../src/model/remedy-command.ts';
import { type Answer, account, email, google, lookAtGoogle } from './rig.ts';

const surfaces = ['gcp.service_account_access'];
const role = 'roles/iam.serviceAccountTokenCreator';
const until = (day: string, more: object = {}): object => ({
  role,
  members: ['user:dana.okafor@larkspur.example'],
  condition: { expression: `request.time < timestamp("${day}T00:00:00Z")`, ...more },
});

async function look(...answers: readonly Answer[]) {
  const rest = google({ accounts: [account('shop')] });
  let asked = 0;
  return lookAtGoogle((request) => (request.url.endsWith(':getIamPolicy') ? (answers[asked++] ?? { body: {} }) : rest(request)), {
    surfaces,
  });
}

test.each([
  ['without a title', {}],
  ['of one title', { title: 'pilot' }],
])('two conditions %s are two grants, each with its own end', async (_case, title) => {
  const { records } = await look({ body: { bindings: [until('2026-12-31', title), until('2027-06-30', title)] } });
  expect(new Set(records.map(({ id }) => id)).size).toBe(2);
  expect(records.map(({ expiresAt }) => expiresAt)).toEqual(['2026-12-31T00:00:00Z', '2027-06-30T00:00:00Z']);
});

test('a grant without a condition is known by its service account, role and member', async () => {
  const { records } = await look({ body: { bindings: [{ role, members: ['user:dana.okafor@larkspur.example'] }] } });
  expect(records.map(({ id }) => id)).toEqual([
    `projects/larkspur-analytics/serviceAccounts/${email('shop')}/${role}/user:dana.okafor@larkspur.example`,
  ]);
});

test('a read that Google wants as a POST is asked again after a fault of its own', async () => {
  const { coverage, requests } = await look({ status: 503, body: {} }, { body: { bindings: [until('2026-12-31')] } });
  expect(coverage).toEqual([expect.objectContaining({ state: 'complete', count: 1 })]);
  expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
});

test.each([
  ['a service account', `deleted:serviceAccount:${email('old-cron')}?uid=118273645546372819000`],
  ['a person', 'deleted:user:lee.sandoval@larkspur.example?uid=1'],
])('a role of %s that is deleted stands, and is held by nobody', async (_case, member) => {
  const { records } = await look({ body: { bindings: [{ role, members: [member] }] } });
  expect(records).toMatchObject([{ status: 'active', identity: null }]);
});

test.each([
  ['a service account', `serviceAccount:${email('cron')}`],
  ['an outside workload', 'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/x'],
])('the command that takes the role from %s names the member as Google does', async (_case, member) => {
  const { records } = await look({ body: { bindings: [{ role, members: [member] }] } });
  const kinds = [serviceAccountGrantKind, workloadIdentityBindingKind];
  const commands = records.flatMap((record) => kinds.filter(({ id }) => id === record.kind).flatMap((kind) => remediesOf(kind, record)));
  expect(commands).toEqual([
    {
      step: 'delete',
      command: `gcloud iam service-accounts remove-iam-policy-binding ${email('shop')} --member=${member} --role=${role} --project=larkspur-analytics`,
    },
  ]);
});
