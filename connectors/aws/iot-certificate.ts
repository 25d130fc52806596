import type { Certificate, IoTClient } from '@aws-sdk/client-iot';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { serviceBudget } from './budget.ts';
import { certificateFingerprint } from './fingerprint.ts';
import { statusUntil } from './life.ts';
import { pagesOf } from './pages.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/iot/latest/apireference/API_CertificateDescription.html

export const iotCertificateKind = defineKind({
  id: 'aws.iot_certificate',
  title: 'Certificate of AWS IoT',
  record: 'credential',
  proves: 'Connects to the message broker with the policies attached to it.',
  remedy: {
    disable: 'aws iot update-certificate --certificate-id {name} --new-status INACTIVE --region {scope.region}',
    delete: 'aws iot delete-certificate --certificate-id {name} --region {scope.region}',
  },
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    // Open connections outlive a change of the status, and so do sessions from the credentials provider.
    revocation: {
      seen: ['ListCertificates shows it REVOKED or INACTIVE, or no longer', 'its devices are disconnected'],
      tokensLive: '12h',
    },
    takesWith: [],
    leavesBehind: [],
  },
});

type Detail = {
  readonly notBefore: Fact<Instant>;
  readonly expiresAt: Fact<Instant>;
  readonly fingerprint: Fact<string>;
  readonly ca: string | undefined;
};
type RawCertificate = {
  readonly certificate: Pick<Certificate, 'certificateArn' | 'certificateId' | 'status' | 'creationDate'>;
  readonly detail: Fact<Detail>;
};

const listing = 'iot:ListCertificates';
const describing = 'iot:DescribeCertificate';

export const iotCertificate: Surface<RegionSession> = defineSurface<RegionSession, RawCertificate>({
  id: 'aws.iot_certificate',
  title: 'IoT certificates',
  source: 'https://docs.aws.amazon.com/iot/latest/apireference/API_ListCertificates.html',
  level: 'region',
  kinds: [
    {
      kind: iotCertificateKind,
      facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'exposed', notBefore: 'exposed', fingerprint: 'exposed' },
    },
  ],
  operations: [
    { call: listing, permission: listing, fields: { status: 'status', createdAt: 'creationDate', rotatedAt: 'creationDate' } },
    {
      call: describing,
      permission: describing,
      fields: { expiresAt: 'validity.notAfter', notBefore: 'validity.notBefore', fingerprint: 'certificatePem' },
      facts: ['expiresAt', 'notBefore', 'fingerprint'],
    },
  ],

  async *list({ service }, look) {
    const { IoTClient, ListCertificatesCommand } = await import('@aws-sdk/client-iot');
    const client = await service(() => Promise.resolve(IoTClient));
    const pages = pagesOf('certificates', async (token) => {
      const page = await client.send(new ListCertificatesCommand({ pageSize: 250, marker: token }), { abortSignal: look.signal });
      return { items: page.certificates, next: page.nextMarker };
    });
    for await (const page of pages) {
      const raw: RawCertificate[] = [];
      const described = fanOut(page, serviceBudget.concurrency, (certificate) => withDetail(client, look, certificate));
      for await (const certificate of described) raw.push(certificate);
      yield raw;
    }
  },

  normalize({ certificate, detail }, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(certificate.certificateArn, 'certificateArn');
    const createdAt = time(certificate.creationDate);
    const { notBefore, expiresAt, fingerprint } = factsOf(detail);
    const ca = valueOf(detail)?.ca;
    return [
      credential({
        id,
        kind: iotCertificateKind.id,
        provider: 'aws',
        scope: session.scope,
        name: required(certificate.certificateId, 'certificateId'),
        identity: unknown('not-looked', 'the things it is attached to are not asked for'),
        status: statusUntil(expiresAt, statuses[certificate.status ?? ''] ?? 'unknown', observedAt),
        managedBy: 'customer',
        createdAt,
        rotatedAt: createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt,
        notBefore,
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint,
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [
          { operation: listing, observedAt, fields: ['status', 'createdAt', 'rotatedAt'] },
          ...(detail.state === 'known' ? [{ operation: describing, observedAt, fields: ['expiresAt', 'notBefore', 'fingerprint'] }] : []),
        ],
        details: {
          ...(certificate.status === undefined ? {} : { iotStatus: certificate.status }),
          ...(ca === undefined ? {} : { caCertificate: ca }),
        },
      }),
    ];
  },
});

/** A certificate that waits, for activation or for another account, opens nothing. */
const statuses: Readonly<Record<string, Status>> = {
  ACTIVE: 'active',
  INACTIVE: 'inactive',
  PENDING_ACTIVATION: 'inactive',
  PENDING_TRANSFER: 'inactive',
  REGISTER_INACTIVE: 'inactive',
  REVOKED: 'inactive',
};

/** DescribeCertificate is asked for one by one, at ten a second: not for what is revoked for good. */
async function withDetail(client: IoTClient, look: Look, entry: Certificate): Promise<RawCertificate> {
  const { certificateArn, certificateId, status, creationDate } = entry;
  const certificate = { certificateArn, certificateId, status, creationDate };
  if (certificateId === undefined) return { certificate, detail: unknown('malformed-response') };
  if (status === 'REVOKED') return { certificate, detail: unknown('not-looked', 'it is revoked') };
  return { certificate, detail: await look.learn(() => describe(client, look.signal, certificateId)) };
}

async function describe(client: IoTClient, signal: AbortSignal, certificateId: string): Promise<Fact<Detail>> {
  const { DescribeCertificateCommand } = await import('@aws-sdk/client-iot');
  const { certificateDescription } = await client.send(new DescribeCertificateCommand({ certificateId }), { abortSignal: signal });
  const { validity, certificatePem, caCertificateId } = required(certificateDescription, 'certificateDescription');
  return known({
    notBefore: time(validity?.notBefore),
    expiresAt: time(validity?.notAfter),
    fingerprint: certificateFingerprint(certificatePem),
    ca: caCertificateId,
  });
}

function factsOf(detail: Fact<Detail>): Pick<Detail, 'notBefore' | 'expiresAt' | 'fingerprint'> {
  if (detail.state === 'known') return detail.value;
  const untold = detail.state === 'unknown' ? detail : unknown('not-looked');
  return { notBefore: untold, expiresAt: untold, fingerprint: untold };
}
