import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import type { Json } from './answer.ts';
import { connectionKind, connectionRecord, connectionsOf } from './git-connections.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/build/docs/api/reference/rest/v2/projects.locations.connections/list
export const buildConnectionKind = connectionKind('gcp.build_connection', 'Cloud Build');

export const buildConnection: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.build_connection',
  title: 'Git connections of Cloud Build',
  source: 'https://cloud.google.com/build/docs/api/reference/rest/v2/projects.locations.connections/list',
  level: 'project',
  kinds: [{ kind: buildConnectionKind, facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never', owner: 'exposed' } }],
  operations: [{ call: call.listBuildConnections, permission: 'cloudbuild.connections.list' }],
  list: (session, look) => connectionsOf(session, look, 'cloudbuild', 'v2'),
  normalize: (item, { session, observedAt }) => [
    connectionRecord(item, { kind: buildConnectionKind.id, operation: call.listBuildConnections, scope: session.scope, observedAt }),
  ],
});
