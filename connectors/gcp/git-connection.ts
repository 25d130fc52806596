import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Json } from './answer.ts';
import { connectionRecord, connectionsOf } from './git-connection-record.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/developer-connect/docs/api/reference/rest/v1/projects.locations.connections/list
export const gitConnectionKind = defineKind({
  id: 'gcp.git_connection',
  title: 'Developer Connect connection to a Git host',
  record: 'credential',
  proves: 'Developer Connect reads and builds repositories of the host by the App installation and the token behind it.',
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

export const gitConnection: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.git_connection',
  title: 'Git connections of Developer Connect',
  source: 'https://cloud.google.com/developer-connect/docs/api/reference/rest/v1/projects.locations.connections/list',
  level: 'project',
  kinds: [{ kind: gitConnectionKind, facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never', owner: 'exposed' } }],
  operations: [{ call: call.listGitConnections, permission: 'developerconnect.connections.list' }],
  list: (session, look) => connectionsOf(session, look, 'developerconnect', `v1/projects/${session.project}/locations/-/connections`),
  normalize: (item, { session, observedAt }) => [
    connectionRecord(item, { kind: gitConnectionKind.id, operation: call.listGitConnections, scope: session.scope, observedAt }),
  ],
});
