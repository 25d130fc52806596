import type { Credential } from '../../src/model/credential.ts';
import { unknown } from '../../src/model/fact.ts';
import { type CertificateTurn, type Holder, certificateRecord, secretRecord } from './app-credential.ts';
import { type Json, text } from './json.ts';
import { samlCertificate, spCertificate, spSecret } from './principal-kinds.ts';
import type { Origin } from './principal-origin.ts';
import { type Collapsed, isSigning } from './saml.ts';
import { thumbprintOf } from './thumbprint.ts';

/** The credentials of a service principal, those of one kind together. */
export function credentialsOf(raw: Json, { secrets, certificates }: Collapsed, holder: Holder, origin: Origin): readonly Credential[] {
  const turn: CertificateTurn =
    origin === 'managed-identity' ? { lastUsedAt: unknown('not-offered', 'the platform signs in with it') } : {};
  return [
    ...secrets.map((secret) => secretRecord(spSecret.id, secret, holder)),
    ...certificates.filter((each) => !isSigning(each)).map((each) => certificateRecord(spCertificate.id, each, holder, turn)),
    ...certificates.filter(isSigning).map((each) => certificateRecord(samlCertificate.id, each, holder, samlTurn(each, raw, holder))),
  ];
}

export function isRotatedByPlatform(origin: Origin): boolean {
  return origin === 'managed-identity' || origin === 'microsoft';
}

/** What the sign-in report cannot say, and which of several SAML certificates is in use. */
function samlTurn(certificate: Json, principal: Json, { status }: Holder): CertificateTurn {
  const preferred = text(principal['preferredTokenSigningKeyThumbprint']);
  const thumbprint = thumbprintOf(certificate['customKeyIdentifier']);
  const isSpare = preferred !== undefined && thumbprint.state === 'known' && thumbprint.value !== preferred.toUpperCase();
  return {
    lastUsedAt: unknown('not-offered', 'signing an assertion is not a sign-in of the application'),
    reach: unknown('not-offered', 'it signs people in, with whatever they may do there'),
    status: isSpare && status === 'active' ? 'inactive' : status,
    details: { saml: isSpare ? 'not the preferred signing certificate' : 'signing certificate' },
  };
}
