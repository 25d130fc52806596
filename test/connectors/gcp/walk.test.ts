import { expect, test } from 'vitest';
import { type Answer, lookAtGoogle, refused } from './rig.ts';

const denied = refused(403, 'PERMISSION_DENIED', 'The caller does not have permission');
const project = (projectId: string, more: object = {}): object => ({
  name: `projects/9${projectId.length}`,
  projectId,
  state: 'ACTIVE',
  ...more,
});

const tree: Readonly<Record<string, Answer>> = {
  'projects organizations/1': { body: { projects: [project('top')] } },
  'folders organizations/1': { body: { folders: [{ name: 'folders/2' }, { name: 'folders/3' }] } },
  'projects folders/2': denied,
  'folders folders/2': { body: { folders: [{ name: 'folders/4' }] } },
  'projects folders/3': { body: { projects: [project('going', { state: 'DELETE_REQUESTED' })] } },
  'folders folders/3': { body: {} },
  'projects folders/4': { body: { projects: [project('deep', { labels: { owner: 'priya' } })] } },
  // A circle, which Google does not make: it ends all the same.
  'folders folders/4': { body: { folders: [{ name: 'folders/2' }] } },
};

function answer({ url }: { readonly url: string }): Answer {
  const { pathname, searchParams } = new URL(url);
  return tree[`${pathname.replace('/v3/', '')} ${searchParams.get('parent') ?? ''}`] ?? { body: {} };
}

test('every project below is a place; a folder that cannot be read hides no other, and a project being deleted is told of', async () => {
  const surfaces = ['gcp.project', 'gcp.service_account'];
  const { coverage, requests } = await lookAtGoogle(answer, { settings: { organizations: ['1'] }, surfaces });
  expect(coverage.map(({ surface, scope, state }) => `${surface} ${scope} ${state}`)).toEqual([
    'gcp.project folder/2/projects denied',
    'gcp.project project/going not-enabled',
    'gcp.project organization/1 partial',
    'gcp.service_account project/top complete',
    'gcp.service_account project/deep complete',
  ]);
  expect(coverage[0]).toMatchObject({ requires: ['resourcemanager.folders.list', 'resourcemanager.projects.list'] });
  // The tree is walked once, and tells the labels of its projects.
  expect(requests.filter(({ url }) => url.includes('/v3/folders'))).toHaveLength(4);
  expect(requests.filter(({ url }) => url.includes('/v3/projects/'))).toEqual([]);
});

test('a project that is named and also found is read once', async () => {
  const settings = { organizations: ['1'], projects: ['deep'] };
  const { coverage } = await lookAtGoogle(answer, { settings, surfaces: ['gcp.service_account'] });
  expect(coverage.map(({ scope }) => scope)).toEqual(['project/deep', 'project/top']);
});
