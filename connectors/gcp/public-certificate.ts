import { X509Certificate } from 'node:crypto';
import { time } from '../../src/connector/item.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Instant, instant } from '../../src/model/instant.ts';

/** What a certificate itself says; only its public part is ever read. */
export type PublicCertificate = {
  readonly subject: string;
  readonly fingerprint: Fact<string>;
  readonly notBefore: Fact<Instant>;
  readonly expiresAt: Fact<Instant>;
};

/** Of PEM text, of which a chain shows its first, or of the bare base64 of SAML metadata. */
export function readCertificate(text: string): PublicCertificate {
  const certificate = parse(text);
  if (certificate === undefined) {
    const unreadable = unknown('malformed-response', 'a certificate that cannot be read');
    return { subject: 'unreadable certificate', fingerprint: unreadable, notBefore: unreadable, expiresAt: unreadable };
  }
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    fingerprint: known(certificate.fingerprint256.replaceAll(':', '')),
    notBefore: time(instant(certificate.validFromDate)),
    expiresAt: time(instant(certificate.validToDate)),
  };
}

/** The signing certificates inside a SAML provider's metadata. https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf */
export function certificatesOfSaml(metadata: string): readonly string[] {
  return [...metadata.matchAll(/<(?:\w+:)?X509Certificate>([^<]+)<\//g)].map((match) => (match[1] ?? '').replaceAll(/\s+/g, ''));
}

function parse(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64'));
  } catch (error) {
    // OpenSSL's word for bytes that are no certificate.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
