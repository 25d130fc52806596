import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { UnreachableError } from '../../src/connector/refusal.ts';
import type { Credential } from '../../src/model/credential.ts';
import { unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, listIn, objectIn, textIn, textsIn } from './answer.ts';
import { call } from './operation.ts';
import { answersOf } from './pages.ts';
import { servedCertificate } from './served-certificate.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/compute/docs/reference/rest/v1/sslCertificates/aggregatedList
export const sslCertificateKind = defineKind({
  id: 'gcp.ssl_certificate',
  title: 'SSL certificate of a Compute Engine load balancer',
  record: 'credential',
  proves: 'A load balancer shows itself with it as the hosts it names.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['sslCertificates.aggregatedList no longer shows it', 'its issuer lists it as revoked'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

export const sslCertificate: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.ssl_certificate',
  title: 'SSL certificates of Compute Engine',
  source: 'https://cloud.google.com/compute/docs/reference/rest/v1/sslCertificates/aggregatedList',
  level: 'project',
  kinds: [
    {
      kind: sslCertificateKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'exposed',
        purpose: 'exposed',
        fingerprint: 'exposed',
        owner: 'not-offered',
      },
    },
  ],
  operations: [{ call: call.listSslCertificates, permission: 'compute.sslCertificates.list' }],
  list,
  normalize: (item, { session, observedAt }) => [normalize(item, session, observedAt)],
});

/** One answer holds the certificates of all regions, each under the name of its region. */
async function* list({ google, project, scope }: Session, look: Look): AsyncGenerator<readonly Json[]> {
  const path = `compute/v1/projects/${project}/aggregated/sslCertificates`;
  const read = (pageToken: string | undefined) =>
    google.get('compute', path, { maxResults: '500', returnPartialSuccess: 'true', pageToken });
  for await (const answer of answersOf(read)) {
    for (const place of textsIn(answer, 'unreachables'))
      look.gap(`${scope}/${place.replace(/.*\//, '')}`, new UnreachableError(`Compute Engine could not reach ${place}`));
    const places = objectIn(answer, 'items');
    yield Object.keys(places).flatMap((place) => listIn(objectIn(places, place), 'sslCertificates'));
  }
}

function normalize(item: Json, { scope, project }: Session, observedAt: string): Credential {
  const region = textIn(item, 'region')?.replace(/.*\//, '');
  return servedCertificate({
    kind: sslCertificateKind.id,
    operation: call.listSslCertificates,
    scope,
    observedAt,
    id: `projects/${project}/${region === undefined ? 'global' : `regions/${region}`}/sslCertificates/${required(textIn(item, 'id'), 'id')}`,
    name: required(textIn(item, 'name'), 'name'),
    createdAt: time(textIn(item, 'creationTimestamp')),
    expireTime: textIn(item, 'expireTime'),
    pem: textIn(item, 'certificate'),
    isManaged: textIn(item, 'type') === 'MANAGED',
    description: textIn(item, 'description'),
    consumers: unknown('not-offered'),
    details: described({
      region,
      names: textsIn(item, 'subjectAlternativeNames').join(' '),
      managedState: textIn(objectIn(item, 'managed'), 'status'),
    }),
  });
}
