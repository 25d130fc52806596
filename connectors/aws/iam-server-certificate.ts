import type { ServerCertificateMetadata } from '@aws-sdk/client-iam';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { iamBudget } from './budget.ts';
import { statusUntil } from './life.ts';
import { nextMarker } from './next-marker.ts';
import { pagesOf } from './pages.ts';
import type { AccountSession } from './session.ts';
import { tagsOf } from './tags.ts';
import { type Tags, toldTags } from './told-tags.ts';
import { collected } from './users.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServerCertificateMetadata.html

export const serverCertificateKind = defineKind({
  id: 'aws.iam_server_certificate',
  title: 'Server certificate in IAM',
  record: 'credential',
  proves: 'Stands for a host name on load balancers and distributions, with a private key that IAM keeps.',
  remedy: { delete: 'aws iam delete-server-certificate --server-certificate-name {name}' },
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['ListServerCertificates no longer shows it', 'its issuer lists it as revoked'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Listed = Pick<ServerCertificateMetadata, 'Arn' | 'ServerCertificateName' | 'Path' | 'UploadDate' | 'Expiration'>;
type RawCertificate = { readonly listed: Listed; readonly tags: Fact<Tags> };

const listing = 'iam:ListServerCertificates';
const tagging = 'iam:ListServerCertificateTags';

export const iamServerCertificate: Surface<AccountSession> = defineSurface<AccountSession, RawCertificate>({
  id: 'aws.iam_server_certificate',
  title: 'Server certificates in IAM',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html',
  level: 'account',
  kinds: [
    {
      kind: serverCertificateKind,
      facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'exposed', owner: 'from-tags', purpose: 'from-tags' },
    },
  ],
  operations: [
    { call: listing, permission: listing, fields: { createdAt: 'UploadDate', rotatedAt: 'UploadDate', expiresAt: 'Expiration' } },
    { call: tagging, permission: tagging, facts: ['owner', 'purpose'] },
  ],

  async *list(session, look) {
    const { iam } = session;
    const pages = pagesOf('ServerCertificateMetadataList', async (marker) => {
      const page = await iam.listServerCertificates(
        { MaxItems: 1000, ...(marker === undefined ? {} : { Marker: marker }) },
        { abortSignal: look.signal },
      );
      return { items: page.ServerCertificateMetadataList?.map(toListed), next: nextMarker(page) };
    });
    for await (const page of pages) {
      const raw: RawCertificate[] = [];
      for await (const each of fanOut(page, iamBudget.concurrency, async (listed) => ({
        listed,
        tags: await tagsFor(session, look, listed),
      })))
        raw.push(each);
      yield raw;
    }
  },

  normalize({ listed, tags }, { session, observedAt }): readonly InventoryRecord[] {
    const createdAt = time(listed.UploadDate);
    const expiresAt = time(listed.Expiration);
    const told = toldTags(tags, tagging, observedAt);
    return [
      credential({
        id: required(listed.Arn, 'Arn'),
        kind: serverCertificateKind.id,
        provider: 'aws',
        scope: session.scope,
        name: required(listed.ServerCertificateName, 'ServerCertificateName'),
        identity: absent(),
        status: statusUntil(expiresAt, 'active', observedAt),
        managedBy: 'customer',
        createdAt,
        rotatedAt: createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt,
        notBefore: unknown('not-offered'),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        ...told.owners,
        tags: told.tags,
        evidence: [{ operation: listing, observedAt, fields: ['status', 'createdAt', 'rotatedAt', 'expiresAt'] }, ...told.evidence],
        details: listed.Path === undefined ? {} : { path: listed.Path },
      }),
    ];
  },
});

function toListed({ Arn, ServerCertificateName, Path, UploadDate, Expiration }: ServerCertificateMetadata): Listed {
  return { Arn, ServerCertificateName, Path, UploadDate, Expiration };
}

function tagsFor({ iam }: AccountSession, look: Look, { ServerCertificateName }: Listed): Promise<Fact<Tags>> {
  return look.learn(async () => {
    const name = required(ServerCertificateName, 'ServerCertificateName');
    const pages = pagesOf('Tags', async (marker) => {
      const page = await iam.listServerCertificateTags(
        { ServerCertificateName: name, ...(marker === undefined ? {} : { Marker: marker }) },
        { abortSignal: look.signal },
      );
      return { items: page.Tags, next: nextMarker(page) };
    });
    return known(tagsOf(await collected(pages)));
  });
}
