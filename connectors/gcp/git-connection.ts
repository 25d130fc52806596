import { gitConnections } from './git-connections.ts';
import { call } from './operation.ts';

export const gitConnection = gitConnections({
  id: 'gcp.git_connection',
  service: 'Developer Connect',
  surfaceTitle: 'Git connections of Developer Connect',
  source: 'https://cloud.google.com/developer-connect/docs/api/reference/rest/v1/projects.locations.connections/list',
  operation: { call: call.listGitConnections, permission: 'developerconnect.connections.list' },
  api: 'developerconnect',
  version: 'v1',
  statusSince: 'exposed',
});
