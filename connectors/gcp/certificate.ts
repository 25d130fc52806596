import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import type { Credential } from '../../src/model/credential.ts';
import { absent, known } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, listIn, namesIn, objectIn, textIn, textsIn } from './answer.ts';
import { call } from './operation.ts';
import { locatedPages } from './located-pages.ts';
import { servedCertificate } from './served-certificate.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/certificate-manager/docs/reference/certificate-manager/rest/v1/projects.locations.certificates/list
export const certificateKind = defineKind({
  id: 'gcp.certificate',
  title: 'Certificate in Certificate Manager',
  record: 'credential',
  proves: 'A load balancer or proxy shows itself with it as the hosts it names.',
  remedy: { delete: 'gcloud certificate-manager certificates delete {name} --location={id/3} --project={scope.project}' },
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['projects.locations.certificates.list no longer shows it', 'its issuer lists it as revoked'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

export const certificate: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.certificate',
  title: 'Certificates of Certificate Manager',
  source: 'https://cloud.google.com/certificate-manager/docs/reference/certificate-manager/rest/v1/projects.locations.certificates/list',
  level: 'project',
  kinds: [
    {
      kind: certificateKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'exposed',
        purpose: 'exposed',
        fingerprint: 'exposed',
        consumers: 'exposed',
        owner: 'from-tags',
      },
    },
  ],
  operations: [{ call: call.listCertificates, permission: 'certificatemanager.certs.list' }],
  list,
  normalize: (item, { session, observedAt }) => [normalize(item, session, observedAt)],
});

function list(session: Session, look: Look): AsyncGenerator<readonly Json[]> {
  const path = `v1/projects/${session.project}/locations/-/certificates`;
  return locatedPages(session, look, { api: 'certificatemanager', path, field: 'certificates', query: { pageSize: '500' } });
}

function normalize(item: Json, { scope }: Session, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const managed = objectIn(item, 'managed');
  return servedCertificate({
    kind: certificateKind.id,
    operation: call.listCertificates,
    scope,
    observedAt,
    id,
    name: id.slice(id.lastIndexOf('/') + 1),
    createdAt: time(textIn(item, 'createTime')),
    expireTime: textIn(item, 'expireTime'),
    pem: textIn(item, 'pemCertificate'),
    isManaged: textIn(managed, 'state') !== undefined,
    description: textIn(item, 'description'),
    consumers: consumersOf(item),
    tags: namesIn(item, 'labels'),
    details: described({
      names: textsIn(item, 'sanDnsnames').join(' '),
      managedState: textIn(managed, 'state'),
      failure: textIn(objectIn(managed, 'provisioningIssue'), 'reason'),
    }),
  });
}

function consumersOf(item: Json) {
  const users = listIn(item, 'usedBy').flatMap((use) => textIn(use, 'name') ?? []);
  return users.length === 0 ? absent() : known(users);
}
