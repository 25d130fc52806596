import { gitConnections } from './git-connections.ts';
import { call } from './operation.ts';

export const buildConnection = gitConnections({
  id: 'gcp.build_connection',
  service: 'Cloud Build',
  surfaceTitle: 'Git connections of Cloud Build',
  source: 'https://cloud.google.com/build/docs/api/reference/rest/v2/projects.locations.connections/list',
  operation: { call: call.listBuildConnections, permission: 'cloudbuild.connections.list' },
  api: 'cloudbuild',
  version: 'v2',
  statusSince: 'not-offered',
});
