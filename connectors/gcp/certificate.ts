import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { UnreachableError } from '../../src/connector/refusal.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, listIn, namesIn, objectIn, textIn, textsIn } from './answer.ts';
import { call } from './operation.ts';
import { answersOf } from './pages.ts';
import { readCertificate } from './public-certificate.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/certificate-manager/docs/reference/certificate-manager/rest/v1/projects.locations.certificates/list
export const certificateKind = defineKind({
  id: 'gcp.certificate',
  title: 'Certificate in Certificate Manager',
  record: 'credential',
  proves: 'A load balancer or proxy shows itself with it as the hosts it names.',
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

async function* list({ google, project, scope }: Session, look: Look): AsyncGenerator<readonly Json[]> {
  const path = `v1/projects/${project}/locations/-/certificates`;
  const read = (pageToken: string | undefined) => google.get('certificatemanager', path, { pageSize: '500', pageToken });
  for await (const answer of answersOf(read)) {
    for (const location of textsIn(answer, 'unreachable'))
      look.gap(`${scope}/${location.replace(/.*\//, '')}`, new UnreachableError(`Certificate Manager could not reach ${location}`));
    yield listIn(answer, 'certificates');
  }
}

function normalize(item: Json, { scope }: Session, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const managed = objectIn(item, 'managed');
  const isManaged = textIn(managed, 'state') !== undefined;
  const pem = textIn(item, 'pemCertificate');
  const read = pem === undefined ? undefined : readCertificate(pem);
  const description = textIn(item, 'description');
  const expiresAt = timeOrAbsent(textIn(item, 'expireTime'));
  const isUnissued = expiresAt.state === 'absent';
  const unissued = unknown('not-offered', 'no certificate has been issued yet');
  return credential({
    id,
    kind: certificateKind.id,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: isUnissued ? 'inactive' : expiresAt.state === 'known' && expiresAt.value <= observedAt ? 'expired' : 'active',
    managedBy: isManaged ? 'service' : 'customer',
    identity: absent(),
    createdAt: time(textIn(item, 'createTime')),
    rotatedAt: read?.notBefore ?? unissued,
    lastUsedAt: unknown('not-offered'),
    expiresAt: isUnissued ? unissued : expiresAt,
    notBefore: read?.notBefore ?? unissued,
    purpose: description === undefined ? absent() : known(description),
    privilege: unknown('not-offered'),
    fingerprint: read?.fingerprint ?? unissued,
    consumers: consumersOf(item),
    owners: [],
    tags: namesIn(item, 'labels'),
    evidence: [
      {
        operation: call.listCertificates,
        observedAt,
        fields: ['createdAt', 'rotatedAt', 'expiresAt', 'notBefore', 'fingerprint', 'consumers', 'purpose', 'tags'],
      },
    ],
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
