import { type Fact, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { certificateFingerprint } from './fingerprint.ts';
import { readCertificates } from './x509.ts';

// https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf

/** What the public metadata of an identity provider says of it. */
export type SamlMetadata = {
  readonly entityId: string | undefined;
  /** Of the certificate that signs, where there is but one. */
  readonly fingerprint: Fact<string>;
  /** The first end of a signing certificate. AWS goes on trusting it after that. */
  readonly signingEndsAt: Instant | undefined;
};

/** Reads the few things that are asked of it, whatever the rest may hold. */
export function readSamlMetadata(document: string): SamlMetadata {
  const entityId = /\bentityID\s*=\s*(?:"([^"<>]+)"|'([^'<>]+)')/.exec(document);
  const certificates = [...new Set(signingCertificates(document))];
  const [only] = certificates;
  const ends = certificates.flatMap((pem) => {
    const read = readCertificates(pem);
    return read.state === 'known' ? read.value.map(({ notAfter }) => notAfter) : [];
  });
  return {
    entityId: entityId?.[1] ?? entityId?.[2],
    fingerprint:
      certificates.length === 1
        ? certificateFingerprint(only)
        : unknown('not-offered', `its metadata has ${String(certificates.length)} signing certificates`),
    signingEndsAt: ends.toSorted()[0],
  };
}

/** A key without a use is for both. */
function signingCertificates(document: string): readonly string[] {
  const keys = document.split(/<(?:[\w.-]+:)?KeyDescriptor\b/).slice(1);
  return keys
    .filter((key) => !/^[^>]*\buse\s*=\s*["']encryption["']/.test(key))
    .flatMap((key) => [...key.matchAll(/<(?:[\w.-]+:)?X509Certificate>([A-Za-z0-9+/=\s]+)</g)].map((match) => toPem(match[1] ?? '')));
}

function toPem(base64: string): string {
  const lines = base64.replaceAll(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
