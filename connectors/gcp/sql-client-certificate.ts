import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, listIn, textIn } from './answer.ts';
import { unlessEnded } from './ended.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';
import { itemsOfInstances, listSqlInstances } from './sql-user.ts';

// https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1beta4/sslCerts/list
export const sqlClientCertificateKind = defineKind({
  id: 'gcp.sql_client_certificate',
  title: 'Client certificate of a Cloud SQL instance',
  record: 'credential',
  proves: 'Opens the connection to the instance; beside it a database user is needed.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['sslCerts.list of the instance no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Raw = { readonly item: Json; readonly instance: string };

export const sqlClientCertificate: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.sql_client_certificate',
  title: 'Client certificates of Cloud SQL',
  source: 'https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1beta4/sslCerts/list',
  level: 'project',
  kinds: [
    {
      kind: sqlClientCertificateKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        notBefore: 'exposed',
        expiresAt: 'exposed',
        fingerprint: 'exposed',
        owner: 'not-offered',
      },
    },
  ],
  operations: [listSqlInstances, { call: call.listSqlCertificates, permission: 'cloudsql.sslCerts.list' }],
  async *list(session, look) {
    const { google, project } = session;
    yield* itemsOfInstances(session, look, async (instance) => {
      const answer = await google.get('sqladmin', `sql/v1beta4/projects/${project}/instances/${instance}/sslCerts`, {});
      return listIn(answer, 'items').map((item) => ({ item, instance }));
    });
  },
  normalize: (raw, { session, observedAt }) => [normalize(raw, session, observedAt)],
});

function normalize({ item, instance }: Raw, { scope, project }: Session, observedAt: string): Credential {
  const fingerprint = required(textIn(item, 'sha1Fingerprint'), 'sha1Fingerprint');
  const createdAt = time(textIn(item, 'createTime'));
  const expiresAt = time(textIn(item, 'expirationTime'));
  return credential({
    id: `projects/${project}/instances/${instance}/sslCerts/${fingerprint}`,
    kind: sqlClientCertificateKind.id,
    provider: 'gcp',
    scope,
    name: `${textIn(item, 'commonName') ?? fingerprint} on ${instance}`,
    status: unlessEnded('active', expiresAt, observedAt),
    managedBy: 'customer',
    identity: absent(),
    createdAt,
    rotatedAt: createdAt,
    notBefore: createdAt,
    lastUsedAt: unknown('not-offered'),
    expiresAt,
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: known(fingerprint.toUpperCase()),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [
      { operation: call.listSqlCertificates, observedAt, fields: ['createdAt', 'rotatedAt', 'notBefore', 'expiresAt', 'fingerprint'] },
    ],
    details: described({ instance, serialNumber: textIn(item, 'certSerialNumber') }),
  });
}
