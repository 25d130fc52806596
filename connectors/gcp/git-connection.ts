import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import type { Json } from './answer.ts';
import { connectionKind, connectionRecord, connectionsOf } from './git-connections.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/developer-connect/docs/api/reference/rest/v1/projects.locations.connections/list
export const gitConnectionKind = connectionKind('gcp.git_connection', 'Developer Connect');

export const gitConnection: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.git_connection',
  title: 'Git connections of Developer Connect',
  source: 'https://cloud.google.com/developer-connect/docs/api/reference/rest/v1/projects.locations.connections/list',
  level: 'project',
  kinds: [
    {
      kind: gitConnectionKind,
      facts: { createdAt: 'exposed', expiresAt: 'never', statusSince: 'exposed', notBefore: 'never', owner: 'exposed' },
    },
  ],
  operations: [{ call: call.listGitConnections, permission: 'developerconnect.connections.list' }],
  list: (session, look) => connectionsOf(session, look, 'developerconnect', 'v1'),
  normalize: (item, { session, observedAt }) => [
    connectionRecord(item, { kind: gitConnectionKind.id, operation: call.listGitConnections, scope: session.scope, observedAt }),
  ],
});
