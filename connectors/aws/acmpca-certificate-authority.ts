import type { ACMPCAClient, CertificateAuthority } from '@aws-sdk/client-acm-pca';
import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { serviceBudget } from './budget.ts';
import { itemsOf, pagesOf } from './pages.ts';
import type { RegionSession } from './session.ts';
import { tagsOf } from './tags.ts';
import { type Tags, toldTags } from './told-tags.ts';

// https://docs.aws.amazon.com/privateca/latest/APIReference/API_CertificateAuthority.html

export const acmpcaCertificateAuthorityKind = defineKind({
  id: 'aws.acmpca_certificate_authority',
  title: 'Private certificate authority',
  record: 'credential',
  proves: 'Issues certificates that everybody who trusts it believes.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: {
      seen: ['ListCertificateAuthorities shows it DISABLED or DELETED', 'nobody trusts its certificate any more'],
      tokensLive: null,
    },
    takesWith: [],
    leavesBehind: ['aws.acm_certificate', 'aws.rolesanywhere_trust_anchor'],
  },
});

type Kept = 'Arn' | 'CreatedAt' | 'NotBefore' | 'NotAfter' | 'Status' | 'Type' | 'UsageMode' | 'RestorableUntil';
type Authority = { readonly [F in Kept]: CertificateAuthority[F] | undefined } & { readonly commonName: string | undefined };
type RawAuthority = { readonly authority: Authority; readonly tags: Fact<Tags> };

const listing = 'acm-pca:ListCertificateAuthorities';
const tagging = 'acm-pca:ListTags';

export const acmpcaCertificateAuthority: Surface<RegionSession> = defineSurface<RegionSession, RawAuthority>({
  id: 'aws.acmpca_certificate_authority',
  title: 'Private certificate authorities',
  source: 'https://docs.aws.amazon.com/privateca/latest/APIReference/API_ListCertificateAuthorities.html',
  level: 'region',
  kinds: [
    {
      kind: acmpcaCertificateAuthorityKind,
      facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'exposed', notBefore: 'exposed', owner: 'from-tags' },
    },
  ],
  operations: [
    { call: listing, permission: listing },
    { call: tagging, permission: tagging, facts: ['owner'] },
  ],

  async *list({ service }, look) {
    const { ACMPCAClient, ListCertificateAuthoritiesCommand } = await import('@aws-sdk/client-acm-pca');
    const client = await service(() => Promise.resolve(ACMPCAClient));
    const pages = pagesOf('CertificateAuthorities', async (token) => {
      const page = await client.send(
        new ListCertificateAuthoritiesCommand({ MaxResults: 1000, ...(token === undefined ? {} : { NextToken: token }) }),
        { abortSignal: look.signal },
      );
      return { items: page.CertificateAuthorities?.map(toAuthority), next: page.NextToken };
    });
    for await (const page of pages) {
      const raw: RawAuthority[] = [];
      const tagged = fanOut(page, serviceBudget.concurrency, async (authority) => ({
        authority,
        tags: await look.learn(() => readTags(client, look.signal, required(authority.Arn, 'Arn'))),
      }));
      for await (const each of tagged) raw.push(each);
      yield raw;
    }
  },

  normalize({ authority, tags }, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(authority.Arn, 'Arn');
    const createdAt = time(authority.CreatedAt);
    const told = toldTags(tags, tagging, observedAt);
    return [
      credential({
        id,
        kind: acmpcaCertificateAuthorityKind.id,
        provider: 'aws',
        scope: session.scope,
        name: authority.commonName ?? id.slice(id.lastIndexOf('/') + 1),
        identity: absent(),
        status: statuses[authority.Status ?? ''] ?? 'unknown',
        managedBy: 'customer',
        createdAt,
        // Its certificate can be renewed in place, its key pair cannot.
        rotatedAt: createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt: timeOrAbsent(authority.NotAfter),
        notBefore: timeOrAbsent(authority.NotBefore),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        ...told.owners,
        tags: told.tags,
        evidence: [
          { operation: listing, observedAt, fields: ['status', 'createdAt', 'rotatedAt', 'notBefore', 'expiresAt'] },
          ...told.evidence,
        ],
        details: detailsOf(authority),
      }),
    ];
  },
});

/** What has no certificate yet, or failed to get one, issues nothing. */
const statuses: Readonly<Record<string, Status>> = {
  ACTIVE: 'active',
  CREATING: 'inactive',
  PENDING_CERTIFICATE: 'inactive',
  FAILED: 'inactive',
  DISABLED: 'inactive',
  EXPIRED: 'expired',
  DELETED: 'deleted-recoverable',
};

function toAuthority(authority: CertificateAuthority): Authority {
  const { Arn, CreatedAt, NotBefore, NotAfter, Status, Type, UsageMode, RestorableUntil, CertificateAuthorityConfiguration } = authority;
  const commonName = CertificateAuthorityConfiguration?.Subject?.CommonName;
  return { Arn, CreatedAt, NotBefore, NotAfter, Status, Type, UsageMode, RestorableUntil, commonName };
}

async function readTags(client: ACMPCAClient, signal: AbortSignal, arn: string): Promise<Fact<Tags>> {
  const { ListTagsCommand } = await import('@aws-sdk/client-acm-pca');
  const pages = pagesOf('Tags', async (token) => {
    const page = await client.send(
      new ListTagsCommand({ CertificateAuthorityArn: arn, ...(token === undefined ? {} : { NextToken: token }) }),
      { abortSignal: signal },
    );
    return { items: page.Tags, next: page.NextToken };
  });
  const tags: { readonly Key: string | undefined; readonly Value?: string }[] = [];
  for await (const tag of itemsOf(pages)) tags.push(tag);
  return known(tagsOf(tags));
}

function detailsOf({ Type, UsageMode, RestorableUntil }: Authority): Readonly<Record<string, string>> {
  const restorableUntil = RestorableUntil && instant(RestorableUntil);
  return {
    ...(Type === undefined ? {} : { type: Type }),
    ...(UsageMode === undefined ? {} : { usageMode: UsageMode }),
    ...(restorableUntil === undefined ? {} : { restorableUntil }),
  };
}
