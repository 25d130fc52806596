import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Json } from './answer.ts';
import { connectionRecord, connectionsOf } from './git-connection-record.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/build/docs/api/reference/rest/v2/projects.locations.connections/list
export const buildConnectionKind = defineKind({
  id: 'gcp.build_connection',
  title: 'Cloud Build connection to a Git host',
  record: 'credential',
  proves: 'Cloud Build reads and builds repositories of the host by the App installation and the token behind it.',
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: {
      seen: ['the connection is gone from the list or shows disabled', 'the host no longer shows the App installation'],
      tokensLive: null,
    },
    takesWith: [],
    // Deleting the connection uninstalls no App and destroys no secret.
    leavesBehind: ['gcp.secret', 'github.app_installation'],
  },
});

export const buildConnection: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.build_connection',
  title: 'Git connections of Cloud Build',
  source: 'https://cloud.google.com/build/docs/api/reference/rest/v2/projects.locations.connections/list',
  level: 'project',
  kinds: [{ kind: buildConnectionKind, facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never', owner: 'exposed' } }],
  operations: [{ call: call.listBuildConnections, permission: 'cloudbuild.connections.list' }],
  list: (session, look) => connectionsOf(session, look, 'cloudbuild', `v2/projects/${session.project}/locations/-/connections`),
  normalize: (item, { session, observedAt }) => [
    connectionRecord(item, { kind: buildConnectionKind.id, operation: call.listBuildConnections, scope: session.scope, observedAt }),
  ],
});
