import type { ACMClient, CertificateSummary, KeyAlgorithm, RenewalStatus } from '@aws-sdk/client-acm';
import { type Look, type Surface, type SurfaceKind, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { day } from '../../src/model/duration.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { certificatesBudget } from './budget.ts';
import { evidenceOf } from './evidence-of.ts';
import { pagesOf } from './pages.ts';
import type { RegionSession } from './session.ts';
import { tagsOf } from './tags.ts';
import { type Tags, toldTags } from './told-tags.ts';

// https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html

const proves = 'Proves the names of servers; ACM keeps its private key and hands it to the services that use it.';
const revocation = { seen: ['ListCertificates no longer shows it', 'no service presents it any more'], tokensLive: null } as const;

export const acmCertificateKind = defineKind({
  id: 'aws.acm_certificate',
  title: 'ACM certificate that AWS renews',
  record: 'credential',
  proves,
  remedy: { delete: 'aws acm delete-certificate --certificate-arn {id} --region {scope.region}' },
  traits: { expiry: 'always', rotation: 'automatic', proof: 'possession', revocation, takesWith: [], leavesBehind: [] },
});

/** Imported, not eligible for renewal, or one whose renewal has failed or waits for somebody to prove a domain. */
export const acmManualCertificateKind = defineKind({
  id: 'aws.acm_manual_certificate',
  title: 'ACM certificate that nobody renews by itself',
  record: 'credential',
  proves,
  remedy: { delete: 'aws acm delete-certificate --certificate-arn {id} --region {scope.region}' },
  traits: { expiry: 'always', rotation: 'in-place', proof: 'possession', revocation, takesWith: [], leavesBehind: [] },
});

type Certificate = Pick<
  CertificateSummary,
  | 'CertificateArn'
  | 'DomainName'
  | 'Status'
  | 'Type'
  | 'KeyAlgorithm'
  | 'InUse'
  | 'RenewalEligibility'
  | 'NotBefore'
  | 'NotAfter'
  | 'CreatedAt'
  | 'IssuedAt'
  | 'ImportedAt'
  | 'ManagedBy'
>;
type Detail = { readonly renewal: RenewalStatus | undefined; readonly usedBy: readonly string[] };
type RawCertificate = {
  readonly certificate: Certificate;
  readonly tags: Fact<Tags>;
  /** Undefined: not asked for, since its end is far. */
  readonly detail: Fact<Detail> | undefined;
};

const listing = 'acm:ListCertificates';
const describing = 'acm:DescribeCertificate';
const tagging = 'acm:ListTagsForCertificate';

const facts: SurfaceKind['facts'] = {
  createdAt: 'exposed',
  rotatedAt: 'exposed',
  expiresAt: 'exposed',
  notBefore: 'exposed',
  consumers: 'exposed',
  owner: 'from-tags',
};

export const acmCertificate: Surface<RegionSession> = defineSurface<RegionSession, RawCertificate>({
  id: 'aws.acm_certificate',
  title: 'ACM certificates',
  source: 'https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html',
  level: 'region',
  kinds: [
    { kind: acmCertificateKind, facts },
    { kind: acmManualCertificateKind, facts },
  ],
  operations: [
    {
      call: listing,
      permission: listing,
      fields: {
        status: 'Status',
        createdAt: 'CreatedAt',
        rotatedAt: ['ImportedAt', 'IssuedAt'],
        expiresAt: 'NotAfter',
        notBefore: 'NotBefore',
      },
    },
    { call: describing, permission: describing, facts: ['consumers'] },
    { call: tagging, permission: tagging, facts: ['owner'] },
  ],

  async *list({ service }, look) {
    const { ACMClient, ListCertificatesCommand } = await import('@aws-sdk/client-acm');
    const client = await service(() => Promise.resolve(ACMClient), certificatesBudget);
    const pages = pagesOf('CertificateSummaryList', async (token) => {
      const page = await client.send(
        new ListCertificatesCommand({ Includes: { keyTypes: [...keyTypes] }, MaxItems: 1000, NextToken: token }),
        { abortSignal: look.signal },
      );
      return { items: page.CertificateSummaryList?.map(toCertificate), next: page.NextToken };
    });
    for await (const page of pages) {
      const raw: RawCertificate[] = [];
      const detailed = fanOut(page, certificatesBudget.concurrency, (certificate) => withDetails(client, look, certificate));
      for await (const certificate of detailed) raw.push(certificate);
      yield raw;
    }
  },

  normalize({ certificate, tags, detail }, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(certificate.CertificateArn, 'CertificateArn');
    const { DomainName, CreatedAt, IssuedAt, ImportedAt, NotBefore, NotAfter, ManagedBy } = certificate;
    const told = toldTags(tags, tagging, observedAt);
    const consumers = consumersOf(certificate, detail);
    return [
      credential({
        id,
        kind: kindOf(certificate, detail).id,
        provider: 'aws',
        scope: session.scope,
        name: required(DomainName, 'DomainName'),
        identity: absent(),
        status: statuses[certificate.Status ?? ''] ?? 'unknown',
        managedBy: ManagedBy === undefined ? 'customer' : 'service',
        // An imported certificate has only the time of its last import.
        createdAt: CreatedAt === undefined ? unknown('not-offered') : time(CreatedAt),
        rotatedAt: timeOrAbsent(ImportedAt ?? IssuedAt),
        lastUsedAt: unknown('not-offered'),
        expiresAt: timeOrAbsent(NotAfter),
        notBefore: timeOrAbsent(NotBefore),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers,
        owners: [],
        ...told.owners,
        tags: told.tags,
        evidence: [
          ...evidenceOf(
            { operation: listing, fields: ['status', 'createdAt', 'rotatedAt', 'notBefore', 'expiresAt'] },
            [[certificate.InUse === false ? listing : describing, 'consumers', consumers]],
            observedAt,
          ),
          ...told.evidence,
        ],
        details: detailsOf(certificate, detail),
      }),
    ];
  },
});

/** Without this list ACM tells of RSA keys of 1024 and 2048 bits only. */
const keyTypes: readonly KeyAlgorithm[] = ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'];

/** What waits for its validation, or did not pass it, proves nothing. */
const statuses: Readonly<Record<string, Status>> = {
  ISSUED: 'active',
  EXPIRED: 'expired',
  REVOKED: 'inactive',
  INACTIVE: 'inactive',
  FAILED: 'inactive',
  PENDING_VALIDATION: 'inactive',
  VALIDATION_TIMED_OUT: 'inactive',
};

/** AWS starts to renew 60 days before the end. With 45 left it is under way, or will not happen by itself. */
const renewalWindow = 45 * day;

function toCertificate(summary: CertificateSummary): Certificate {
  const { CertificateArn, DomainName, Status, Type, KeyAlgorithm, InUse, RenewalEligibility, ManagedBy } = summary;
  const { NotBefore, NotAfter, CreatedAt, IssuedAt, ImportedAt } = summary;
  return {
    CertificateArn,
    DomainName,
    Status,
    Type,
    KeyAlgorithm,
    InUse,
    RenewalEligibility,
    ManagedBy,
    NotBefore,
    NotAfter,
    CreatedAt,
    IssuedAt,
    ImportedAt,
  };
}

async function withDetails(client: ACMClient, look: Look, certificate: Certificate): Promise<RawCertificate> {
  const arn = certificate.CertificateArn;
  // `normalize` refuses it.
  if (arn === undefined) return { certificate, tags: unknown('malformed-response'), detail: undefined };
  const [tags, detail] = await Promise.all([
    look.learn(() => readTags(client, look.signal, arn)),
    endsSoon(certificate, look.now()) ? look.learn(() => describe(client, look.signal, arn)) : undefined,
  ]);
  return { certificate, tags, detail };
}

function endsSoon({ Status, NotAfter }: Certificate, now: Instant): boolean {
  return Status === 'ISSUED' && NotAfter !== undefined && NotAfter.getTime() - epoch(now) < renewalWindow;
}

async function readTags(client: ACMClient, signal: AbortSignal, CertificateArn: string): Promise<Fact<Tags>> {
  const { ListTagsForCertificateCommand } = await import('@aws-sdk/client-acm');
  const { Tags } = await client.send(new ListTagsForCertificateCommand({ CertificateArn }), { abortSignal: signal });
  return known(tagsOf(required(Tags, 'Tags')));
}

async function describe(client: ACMClient, signal: AbortSignal, CertificateArn: string): Promise<Fact<Detail>> {
  const { DescribeCertificateCommand } = await import('@aws-sdk/client-acm');
  const { Certificate } = await client.send(new DescribeCertificateCommand({ CertificateArn }), { abortSignal: signal });
  const { RenewalSummary, InUseBy } = required(Certificate, 'Certificate');
  return known({ renewal: RenewalSummary?.RenewalStatus, usedBy: InUseBy ?? [] });
}

/** Near its end AWS must say that it is renewing: a renewal of which nothing can be read is not counted on. */
function kindOf({ Type, RenewalEligibility }: Certificate, detail: RawCertificate['detail']) {
  if (Type === 'IMPORTED' || RenewalEligibility !== 'ELIGIBLE') return acmManualCertificateKind;
  if (!detail) return acmCertificateKind;
  const renewal = valueOf(detail)?.renewal;
  return renewal === 'PENDING_AUTO_RENEWAL' || renewal === 'SUCCESS' ? acmCertificateKind : acmManualCertificateKind;
}

function consumersOf({ InUse }: Certificate, detail: RawCertificate['detail']): Fact<readonly string[]> {
  if (InUse === false) return known([]);
  if (!detail) return unknown('not-looked', 'who uses it is asked for only near its end');
  return detail.state === 'known' ? known(detail.value.usedBy) : detail;
}

function detailsOf(certificate: Certificate, detail: RawCertificate['detail']): Readonly<Record<string, string>> {
  const { Type, KeyAlgorithm, InUse, RenewalEligibility } = certificate;
  const shown = {
    type: Type,
    keyAlgorithm: KeyAlgorithm,
    inUse: InUse === undefined ? undefined : InUse ? 'yes' : 'no',
    renewal: RenewalEligibility,
    renewalStatus: detail && valueOf(detail)?.renewal,
  };
  return Object.fromEntries(Object.entries(shown).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
