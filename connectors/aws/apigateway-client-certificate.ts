import type { ClientCertificate } from '@aws-sdk/client-api-gateway';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { certificateFingerprint } from './fingerprint.ts';
import { statusUntil } from './life.ts';
import { pagesOf } from './pages.ts';
import { purposeOf } from './purpose.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/apigateway/latest/api/API_ClientCertificate.html

export const apigatewayClientCertificateKind = defineKind({
  id: 'aws.apigateway_client_certificate',
  title: 'Client certificate of API Gateway',
  record: 'credential',
  proves: 'Proves to a backend that a call comes from the API stage that holds it.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['GetClientCertificates no longer shows it', 'backends no longer trust it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type RawCertificate = Pick<ClientCertificate, 'clientCertificateId' | 'description' | 'createdDate' | 'expirationDate' | 'tags'> & {
  readonly fingerprint: Fact<string>;
};

const listing = 'apigateway:GetClientCertificates';

export const apigatewayClientCertificate: Surface<RegionSession> = defineSurface<RegionSession, RawCertificate>({
  id: 'aws.apigateway_client_certificate',
  title: 'API Gateway client certificates',
  source: 'https://docs.aws.amazon.com/apigateway/latest/api/API_GetClientCertificates.html',
  level: 'region',
  kinds: [
    {
      kind: apigatewayClientCertificateKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'exposed',
        purpose: 'exposed',
        fingerprint: 'exposed',
        owner: 'from-tags',
      },
    },
  ],
  operations: [{ call: listing, permission: 'apigateway:GET' }],

  list: certificatePages,

  normalize(certificate, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(certificate.clientCertificateId, 'clientCertificateId');
    const createdAt = time(certificate.createdDate);
    const expiresAt = time(certificate.expirationDate);
    return [
      credential({
        id,
        kind: apigatewayClientCertificateKind.id,
        provider: 'aws',
        scope: session.scope,
        name: id,
        identity: unknown('not-looked', 'the API stage that holds it is not asked for'),
        status: statusUntil(expiresAt, 'active', observedAt),
        managedBy: 'customer',
        createdAt,
        rotatedAt: createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt,
        notBefore: unknown('not-offered'),
        purpose: purposeOf(certificate.description),
        privilege: unknown('not-offered'),
        fingerprint: certificate.fingerprint,
        consumers: unknown('not-offered'),
        owners: [],
        tags: certificate.tags ?? {},
        evidence: [
          { operation: listing, observedAt, fields: ['status', 'createdAt', 'rotatedAt', 'expiresAt', 'purpose', 'fingerprint', 'tags'] },
        ],
        details: {},
      }),
    ];
  },
});

async function* certificatePages({ service }: RegionSession, { signal }: Look): AsyncGenerator<readonly RawCertificate[]> {
  const { APIGatewayClient, GetClientCertificatesCommand } = await import('@aws-sdk/client-api-gateway');
  const client = await service(() => Promise.resolve(APIGatewayClient));
  yield* pagesOf('items', async (token) => {
    const page = await client.send(new GetClientCertificatesCommand({ limit: 500, position: token }), { abortSignal: signal });
    return { items: page.items?.map(toCertificate), next: page.position };
  });
}

function toCertificate(certificate: ClientCertificate): RawCertificate {
  const { clientCertificateId, description, createdDate, expirationDate, tags, pemEncodedCertificate } = certificate;
  return {
    clientCertificateId,
    description,
    createdDate,
    expirationDate,
    tags,
    fingerprint: certificateFingerprint(pemEncodedCertificate),
  };
}
