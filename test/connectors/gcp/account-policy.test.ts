import { describe, expect, test } from 'vitest';
import { type Answer, account, email, google, lookAtGoogle, refused } from './rig.ts';

const project = 'larkspur-analytics';
const readTime = '2026-11-20T12:00:00Z';
const yesterday = '2026-11-20T08:00:00Z';
const names = ['named', 'bare', 'other'];
const resource = (assetType: string, data: object): object => ({ assetType, resource: { data } });
const resources: Answer = {
  body: {
    readTime,
    assets: [
      resource('cloudresourcemanager.googleapis.com/Project', { projectId: project, projectNumber: '481516234200' }),
      ...names.map((name) => resource('iam.googleapis.com/ServiceAccount', account(name))),
    ],
  },
};
const uses = {
  serviceAccountLastAuthentication: {
    body: {
      activities: names.map((name) => ({
        fullResourceName: `//iam.googleapis.com/projects/${project}/serviceAccounts/${email(name)}`,
        observationPeriod: { startTime: '2025-06-01T07:00:00Z', endTime: yesterday },
        activity: { lastAuthenticatedTime: yesterday },
      })),
    },
  },
};
const token = { role: 'roles/iam.serviceAccountTokenCreator', members: ['user:dana.okafor@larkspur.example'] };
const ofAccount = (id: string, bindings: readonly object[] = [token]): object => ({
  assetType: 'iam.googleapis.com/ServiceAccount',
  name: `//iam.googleapis.com/projects/${project}/serviceAccounts/${id}`,
  iamPolicy: { bindings },
});
const ofProject = {
  assetType: 'cloudresourcemanager.googleapis.com/Project',
  name: '//cloudresourcemanager.googleapis.com/projects/481516234200',
};

const listed = (...policies: readonly object[]): Answer => ({ body: { readTime, assets: [ofProject, ...policies] } });

async function look(answer: Answer) {
  const rest = google({ accounts: names.map((name) => account(name)), uses });
  const seen = await lookAtGoogle(
    (request) => {
      if (request.url.includes('/assets?')) return request.url.includes('=RESOURCE') ? resources : answer;
      // The inventory has not seen that IAM names nobody any more.
      return request.url.endsWith(':getIamPolicy') ? { body: {} } : rest(request);
    },
    { settings: { projects: [project], organizations: ['1'] }, surfaces: ['gcp.service_account_access'] },
  );
  return {
    ...seen,
    asked: seen.requests.flatMap(({ url }) => /serviceAccounts\/([^@]+)@[^/]*:getIamPolicy$/.exec(decodeURIComponent(url))?.[1] ?? []),
  };
}

describe('the policies of service accounts by Cloud Asset Inventory', () => {
  test.each([
    ['address', email('named')],
    ['unique id', '1000-named'],
  ])('whoever one names is read from IAM before anything is said; one that names nobody is not asked for (by %s)', async (_case, id) => {
    const { asked, records, coverage } = await look(listed(ofAccount(id), ofAccount(email('bare'), [{ ...token, members: [] }])));
    expect(asked).toEqual(['named']);
    expect(records).toEqual([]);
    expect(coverage).toEqual([
      expect.objectContaining({
        state: 'complete',
        detail: `2 service accounts whose own policy names nobody by Cloud Asset Inventory, as of ${readTime}, were not asked themselves`,
      }),
    ]);
  });

  test.each<[string, Answer]>([
    ['shows those of no service account: it may not know them', listed()],
    ['may not be asked for policies', refused(403, 'PERMISSION_DENIED', 'The caller does not have permission')],
    ['names one that cannot be read', listed({ ...ofAccount('x'), name: '//iam.googleapis.com/projects/x' })],
    ['says things of another shape', listed(ofAccount(email('named'), [{ ...token, members: 7 }]))],
  ])('where it %s, each is asked', async (_case, policies) => {
    expect((await look(policies)).asked).toEqual(names);
  });
});
