import { expect, test } from 'vitest';
import { scopeReach } from '../../../connectors/github/reach.ts';

test.each([
  [[], 'none'],
  [['read:org'], 'read'],
  [['user:email', 'read:packages'], 'read'],
  [['repo'], 'write'],
  [['public_repo'], 'write'],
  [['gist', 'read:org'], 'write'],
  [['workflow'], 'write'],
  [['admin:repo_hook'], 'write'],
  [['delete:packages'], 'write'],
  [['manage_runners:org'], 'write'],
  [['admin:org', 'repo'], 'admin'],
  [['admin:enterprise'], 'admin'],
  [['site_admin'], 'admin'],
  [['admin:business'], 'admin'],
  [['admin:org', 'something_new'], 'admin'],
])('scopes %j reach %s', (scopes, level) => {
  expect(scopeReach(scopes)).toEqual({ privilege: { state: 'known', value: level }, privileges: scopes.toSorted() });
});

test.each([[['something_new']], [['repo', 'something_new']], [undefined], [null], ['repo'], [[7]]])(
  'scopes %j are not taken for few',
  (scopes) => {
    expect(scopeReach(scopes).privilege).toMatchObject({ state: 'unknown', why: 'malformed-response' });
  },
);
