import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Privilege, privilegeFields } from '../../src/connector/privilege.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { UserDetail } from './authorization-details.ts';
import { iamBudget } from './budget.ts';
import type { CredentialReport } from './credential-report.ts';
import { certificateFingerprint } from './fingerprint.ts';
import { keyStatus } from './key-status.ts';
import { statusUntil } from './life.ts';
import { nextMarker } from './next-marker.ts';
import { pagesOf, partsOf } from './pages.ts';
import { reachEvidence, reachOf } from './reach.ts';
import { rowOf } from './report-row.ts';
import type { AccountSession } from './session.ts';
import { askable, collected, unlessGone, userScope, usersOf } from './users.ts';
import { readCertificates } from './x509.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SigningCertificate.html

export const signingCertificateKind = defineKind({
  id: 'aws.iam_signing_certificate',
  title: 'X.509 signing certificate of an IAM user',
  record: 'credential',
  proves: 'Signs requests of the old SOAP interfaces as its IAM user.',
  remedy: {
    disable: 'aws iam update-signing-certificate --user-name {identity/-1} --certificate-id {id} --status Inactive',
    delete: 'aws iam delete-signing-certificate --user-name {identity/-1} --certificate-id {id}',
  },
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['ListSigningCertificates shows it Inactive, or no longer'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

/** What is kept of the certificate: its end, its start and its fingerprint. */
type RawCertificate = {
  readonly user: UserDetail;
  readonly id: string | undefined;
  readonly status: string | undefined;
  readonly uploadedAt: Date | undefined;
  readonly notBefore: Fact<Instant>;
  readonly notAfter: Fact<Instant>;
  readonly fingerprint: Fact<string>;
  readonly reach: Fact<Privilege>;
};

const listing = 'iam:ListSigningCertificates';

export const iamSigningCertificate: Surface<AccountSession> = defineSurface<AccountSession, RawCertificate>({
  id: 'aws.iam_signing_certificate',
  title: 'Signing certificates of IAM users',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html',
  level: 'account',
  kinds: [
    {
      kind: signingCertificateKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'exposed',
        owner: 'from-tags',
        purpose: 'from-tags',
        privilege: 'exposed',
        fingerprint: 'exposed',
      },
    },
  ],
  operations: [
    { call: 'iam:GetAccountAuthorizationDetails', permission: 'iam:GetAccountAuthorizationDetails' },
    { call: 'iam:GetCredentialReport', permission: 'iam:GetCredentialReport' },
    { call: 'iam:GenerateCredentialReport', permission: 'iam:GenerateCredentialReport' },
    {
      call: listing,
      permission: listing,
      fields: {
        status: 'Status',
        createdAt: 'UploadDate',
        rotatedAt: 'UploadDate',
        expiresAt: 'CertificateBody',
        notBefore: 'CertificateBody',
        fingerprint: 'CertificateBody',
      },
    },
  ],

  async *list(session, look) {
    const report = await session.credentialReport();
    const attachable = await look.learn(async () => known(await session.attachable()));
    yield* partsOf(
      usersOf(session, (user) => mayHoldCertificates(user, report)),
      {
        look,
        width: iamBudget.concurrency,
        scopeOf: (user) => userScope(session, user),
        read: (user) => certificatesOf(session, look, user, reachOf(user.holds, attachable)),
      },
    );
  },

  normalize(
    { user, id, status, uploadedAt, notBefore, notAfter, fingerprint, reach },
    { session, observedAt },
  ): readonly InventoryRecord[] {
    const certificateId = required(id, 'CertificateId');
    const createdAt = time(uploadedAt);
    return [
      credential({
        id: certificateId,
        kind: signingCertificateKind.id,
        provider: 'aws',
        scope: session.scope,
        name: `${required(user.UserName, 'UserName')}/${certificateId}`,
        identity: known(required(user.Arn, 'Arn')),
        status: statusUntil(notAfter, keyStatus(status), observedAt),
        managedBy: 'customer',
        createdAt,
        rotatedAt: createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt: notAfter,
        notBefore,
        purpose: unknown('not-offered'),
        ...privilegeFields(reach),
        fingerprint,
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [
          {
            operation: listing,
            observedAt,
            fields: ['identity', 'status', 'createdAt', 'rotatedAt', 'expiresAt', 'notBefore', 'fingerprint'],
          },
          ...reachEvidence(reach, observedAt),
        ],
        details: {},
      }),
    ];
  },
});

/** Two slots a user, and a remark where there are more. A user without a row is asked. */
function mayHoldCertificates(user: UserDetail, report: CredentialReport): boolean {
  const row = valueOf(rowOf(user, report));
  if (!row || row.additional !== undefined) return true;
  return row.certificates.some(({ active, rotatedAt }) => active !== false || rotatedAt.state === 'known');
}

async function certificatesOf(
  { iam }: AccountSession,
  look: Look,
  user: UserDetail,
  reach: Fact<Privilege>,
): Promise<readonly RawCertificate[]> {
  const UserName = askable(user);
  const pages = pagesOf('Certificates', async (marker) => {
    const page = await iam.listSigningCertificates(
      { UserName, ...(marker === undefined ? {} : { Marker: marker }) },
      { abortSignal: look.signal },
    );
    return { items: page.Certificates, next: nextMarker(page) };
  });
  const certificates = (await unlessGone(() => collected(pages))) ?? [];
  return certificates.map(({ CertificateId, Status, UploadDate, CertificateBody }) => {
    const read = readCertificates(CertificateBody);
    const first = read.state === 'known' ? read.value[0] : undefined;
    const untold = read.state === 'unknown' ? read : unknown('malformed-response', 'no certificate where the API always sends one');
    return {
      user,
      reach,
      id: CertificateId,
      status: Status,
      uploadedAt: UploadDate,
      notBefore: first ? known(first.notBefore) : untold,
      notAfter: first ? known(first.notAfter) : untold,
      fingerprint: certificateFingerprint(CertificateBody),
    };
  });
}
