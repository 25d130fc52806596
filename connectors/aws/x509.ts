import { X509Certificate } from 'node:crypto';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';

export type CertificateTimes = {
  /** Distinguished name, one attribute after the other: `O=Larkspur Foods, CN=Devices CA`. */
  readonly subject: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
};

/** All certificates of a text in PEM, the first to end in front. Throws MalformedError for a text without one, or with one that is broken. */
export function certificatesIn(pem: string): readonly CertificateTimes[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new MalformedError('no certificate in PEM');
  return blocks.map(parsed).toSorted((a, b) => epoch(a.notAfter) - epoch(b.notAfter));
}

/** The same where the certificates are a detail: what cannot be read is an unknown fact. */
export function readCertificates(pem: string | undefined): Fact<readonly CertificateTimes[]> {
  if (pem === undefined || pem === '') return unknown('malformed-response', 'no certificate where the API always sends one');
  try {
    return known(certificatesIn(pem));
  } catch (error) {
    if (error instanceof MalformedError) return unknown('malformed-response', error.message);
    throw error;
  }
}

function parsed(block: string): CertificateTimes {
  const { subject, validFromDate, validToDate } = decoded(block);
  const notBefore = instant(validFromDate);
  const notAfter = instant(validToDate);
  if (notBefore === undefined || notAfter === undefined) throw new MalformedError('a certificate whose validity is no time');
  return { subject: (subject as string | undefined)?.replaceAll('\n', ', ') ?? '', notBefore, notAfter };
}

function decoded(block: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch (error) {
    // OpenSSL's refusals have a code; anything else is ours.
    if (error instanceof Error && 'code' in error) throw new MalformedError('a certificate that cannot be decoded', { cause: error });
    throw error;
  }
}
