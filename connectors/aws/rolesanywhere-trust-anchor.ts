import type { TrustAnchorDetail } from '@aws-sdk/client-rolesanywhere';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { serviceBudget } from './budget.ts';
import { evidenceOf } from './evidence-of.ts';
import { pagesOf } from './pages.ts';
import { rolesAnywhere, rolesAnywhereTags, rolesAnywhereTagsOf } from './rolesanywhere-reads.ts';
import type { RegionSession } from './session.ts';
import { type Tags, toldTags } from './told-tags.ts';
import { type CertificateTimes, readCertificates } from './x509.ts';

// https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_TrustAnchorDetail.html

export const rolesanywhereTrustAnchorKind = defineKind({
  id: 'aws.rolesanywhere_trust_anchor',
  title: 'Roles Anywhere trust anchor',
  record: 'credential',
  proves: 'Lets in whoever shows a certificate of its authority, with the roles that profiles and trust policies name.',
  remedy: {
    disable: 'aws rolesanywhere disable-trust-anchor --trust-anchor-id {id/-1} --region {scope.region}',
    delete: 'aws rolesanywhere delete-trust-anchor --trust-anchor-id {id/-1} --region {scope.region}',
  },
  traits: {
    expiry: 'always',
    rotation: 'none',
    proof: 'federated',
    revocation: { seen: ['ListTrustAnchors shows it disabled, or no longer'], tokensLive: '12h' },
    takesWith: [],
    leavesBehind: ['aws.acmpca_certificate_authority', 'aws.rolesanywhere_profile'],
  },
});

type Source = {
  readonly type: string | undefined;
  readonly authority: string | undefined;
  readonly certificates: Fact<readonly CertificateTimes[]>;
};
type Kept = 'trustAnchorArn' | 'name' | 'enabled' | 'createdAt';
type Anchor = { readonly [F in Kept]: TrustAnchorDetail[F] | undefined } & { readonly source: Source };
type RawAnchor = { readonly anchor: Anchor; readonly expiresAt: Fact<Instant>; readonly tags: Fact<Tags> };

const listing = 'rolesanywhere:ListTrustAnchors';
const authorities = 'acm-pca:DescribeCertificateAuthority';

export const rolesanywhereTrustAnchor: Surface<RegionSession> = defineSurface<RegionSession, RawAnchor>({
  id: 'aws.rolesanywhere_trust_anchor',
  title: 'Roles Anywhere trust anchors',
  source: 'https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListTrustAnchors.html',
  level: 'region',
  kinds: [
    { kind: rolesanywhereTrustAnchorKind, facts: { createdAt: 'exposed', expiresAt: 'exposed', notBefore: 'exposed', owner: 'from-tags' } },
  ],
  operations: [
    { call: listing, permission: listing, fields: { status: 'enabled', createdAt: 'createdAt' } },
    { call: authorities, permission: authorities, facts: ['expiresAt'] },
    { call: rolesAnywhereTags, permission: rolesAnywhereTags, facts: ['owner'] },
  ],

  async *list(session, look) {
    const { ListTrustAnchorsCommand } = await import('@aws-sdk/client-rolesanywhere');
    const client = await rolesAnywhere(session);
    const pages = pagesOf('trustAnchors', async (token) => {
      const page = await client.send(new ListTrustAnchorsCommand(token === undefined ? {} : { nextToken: token }), {
        abortSignal: look.signal,
      });
      return { items: page.trustAnchors?.map(toAnchor), next: page.nextToken };
    });
    for await (const page of pages) {
      const raw: RawAnchor[] = [];
      const detailed = fanOut(page, serviceBudget.concurrency, async (anchor) => {
        const [expiresAt, tags] = await Promise.all([
          endOf(anchor.source, session, look),
          look.learn(() => rolesAnywhereTagsOf(client, look.signal, required(anchor.trustAnchorArn, 'trustAnchorArn'))),
        ]);
        return { anchor, expiresAt, tags };
      });
      for await (const each of detailed) raw.push(each);
      yield raw;
    }
  },

  normalize({ anchor, expiresAt, tags }, { session, observedAt }): readonly InventoryRecord[] {
    const { source } = anchor;
    const told = toldTags(tags, rolesAnywhereTags, observedAt);
    const certificates = valueOf(source.certificates) ?? [];
    return [
      credential({
        id: required(anchor.trustAnchorArn, 'trustAnchorArn'),
        kind: rolesanywhereTrustAnchorKind.id,
        provider: 'aws',
        scope: session.scope,
        name: required(anchor.name, 'name'),
        identity: absent(),
        status: anchor.enabled === undefined ? 'unknown' : anchor.enabled ? 'active' : 'inactive',
        managedBy: 'customer',
        createdAt: time(anchor.createdAt),
        // `updatedAt` moves with its name, too.
        rotatedAt: unknown('not-offered'),
        lastUsedAt: unknown('not-offered'),
        expiresAt,
        notBefore: notBeforeOf(source),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        trust: issuersOf(source).map((issuer) => ({ issuer, subject: '*', party: 'issuer' as const })),
        owners: [],
        ...told.owners,
        tags: told.tags,
        evidence: [
          ...evidenceOf(
            { operation: listing, fields: ['status', 'createdAt', 'notBefore', 'trust'] },
            [[source.authority === undefined ? listing : authorities, 'expiresAt', expiresAt]],
            observedAt,
          ),
          ...told.evidence,
        ],
        details: {
          ...(source.type === undefined ? {} : { sourceType: source.type }),
          ...(certificates.length > 1 ? { certificates: String(certificates.length) } : {}),
        },
      }),
    ];
  },
});

function toAnchor({ trustAnchorArn, name, enabled, createdAt, source }: TrustAnchorDetail): Anchor {
  const certificate = source?.sourceData?.x509CertificateData;
  const authority = source?.sourceData?.acmPcaArn;
  return {
    trustAnchorArn,
    name,
    enabled,
    createdAt,
    source: {
      type: source?.sourceType,
      authority,
      certificates: authority === undefined ? readCertificates(certificate) : absent(),
    },
  };
}

/** When the first of its certificates ends: from then on, part of who relies on it is locked out. */
async function endOf({ authority, certificates }: Source, session: RegionSession, look: Look): Promise<Fact<Instant>> {
  if (authority !== undefined) return look.learn(() => endOfAuthority(authority, session, look.signal));
  if (certificates.state !== 'known') return certificates;
  const [first] = certificates.value;
  return first ? known(first.notAfter) : unknown('malformed-response', 'no certificate where the API always sends one');
}

async function endOfAuthority(arn: string, { service }: RegionSession, signal: AbortSignal): Promise<Fact<Instant>> {
  const { ACMPCAClient, DescribeCertificateAuthorityCommand } = await import('@aws-sdk/client-acm-pca');
  const client = await service(() => Promise.resolve(ACMPCAClient));
  const { CertificateAuthority } = await client.send(new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn: arn }), {
    abortSignal: signal,
  });
  return timeOrAbsent(required(CertificateAuthority, 'CertificateAuthority').NotAfter);
}

function notBeforeOf({ authority, certificates }: Source): Fact<Instant> {
  if (authority !== undefined) return unknown('not-looked', 'it is that of its certificate authority');
  if (certificates.state !== 'known') return certificates;
  const [first] = certificates.value;
  return first ? known(first.notBefore) : absent();
}

function issuersOf({ authority, certificates }: Source): readonly string[] {
  return authority === undefined
    ? (valueOf(certificates) ?? []).map(({ subject }) => subject).filter((subject) => subject !== '')
    : [authority];
}
