import type { CredentialSummary } from '@aws-sdk/client-rolesanywhere';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import { certificateFingerprint } from './fingerprint.ts';
import { readCertificates } from './x509.ts';

// https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CredentialSummary.html

export const rolesanywhereCertificateKind = defineKind({
  id: 'aws.rolesanywhere_certificate',
  title: 'Certificate seen by Roles Anywhere',
  record: 'credential',
  proves: 'Gets credentials of AWS roles for whoever holds its private key.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: {
      seen: ['it is on a revocation list that Roles Anywhere has', 'GetSubject shows that its next request failed'],
      tokensLive: '12h',
    },
    takesWith: [],
    leavesBehind: [],
  },
});

export type SubjectCertificate = {
  readonly serialNumber: string | undefined;
  readonly issuer: string | undefined;
  readonly enabled: boolean | undefined;
  readonly lastUsedAt: Fact<Instant>;
  readonly notBefore: Fact<Instant>;
  readonly expiresAt: Fact<Instant>;
  readonly fingerprint: Fact<string>;
};

export function toSubjectCertificate(summary: CredentialSummary): SubjectCertificate {
  const { serialNumber, issuer, enabled, seenAt, failed, x509CertificateData } = summary;
  const read = readCertificates(x509CertificateData);
  const [certificate] = read.state === 'known' ? read.value : [];
  const untold = read.state === 'unknown' ? read : unknown('malformed-response');
  return {
    serialNumber,
    issuer,
    enabled,
    // The time of a request that was turned down is no use.
    lastUsedAt: failed === true ? unknown('not-offered', 'its last request failed, and AWS keeps no time of those before') : time(seenAt),
    notBefore: certificate ? known(certificate.notBefore) : untold,
    expiresAt: certificate ? known(certificate.notAfter) : untold,
    fingerprint: certificateFingerprint(x509CertificateData),
  };
}

type Told = { readonly scope: string; readonly operation: string; readonly observedAt: Instant };

export function subjectCertificate(
  { serialNumber, issuer, enabled, lastUsedAt, notBefore, expiresAt, fingerprint }: SubjectCertificate,
  subject: { readonly id: string; readonly name: string },
  { scope, operation, observedAt }: Told,
): Credential {
  const serial = required(serialNumber, 'serialNumber');
  return credential({
    // A serial number is unique within its issuer.
    id: `${subject.id}/${required(issuer, 'issuer')}/${serial}`,
    kind: rolesanywhereCertificateKind.id,
    provider: 'aws',
    scope,
    name: `${subject.name} (${serial})`,
    identity: known(subject.id),
    status: enabled === undefined ? 'unknown' : enabled ? 'active' : 'inactive',
    managedBy: 'customer',
    createdAt: unknown('not-offered'),
    rotatedAt: unknown('not-offered'),
    lastUsedAt,
    expiresAt,
    notBefore,
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint,
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation, observedAt, fields: ['status', 'lastUsedAt', 'notBefore', 'expiresAt', 'fingerprint'] }],
    details: { serialNumber: serial, ...(issuer === undefined ? {} : { issuer }) },
  });
}
