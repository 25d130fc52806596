// https://learn.microsoft.com/en-us/azure/key-vault/certificates/about-certificates#certificate-policy
import type { CertificatePolicy } from '@azure/keyvault-certificates';
import { day } from '../../src/model/duration.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';

/** When the vault renews the certificate by itself; absent where it only writes mail, or does not know the issuer. */
export function autoRenewalAt(policy: Fact<CertificatePolicy>, notBefore: Fact<Instant>, expiresAt: Fact<Instant>): Fact<Instant> {
  if (policy.state !== 'known') return policy;
  const { issuerName, lifetimeActions = [] } = policy.value;
  // `Unknown` is the issuer of a certificate that somebody else made.
  if (issuerName === 'Unknown') return absent();
  const renewing = lifetimeActions.find(({ action }) => action === 'AutoRenew');
  if (!renewing) return absent();
  const { daysBeforeExpiry, lifetimePercentage } = renewing;
  if (expiresAt.state !== 'known') return expiresAt;
  const end = epoch(expiresAt.value);
  if (typeof daysBeforeExpiry === 'number') return at(end - daysBeforeExpiry * day);
  if (typeof lifetimePercentage !== 'number') return unknown('malformed-response', 'an action without its trigger');
  if (notBefore.state !== 'known') return unknown('not-offered', 'the certificate does not say from when it is valid');
  const start = epoch(notBefore.value);
  return at(start + ((end - start) * lifetimePercentage) / 100);
}

function at(milliseconds: number): Fact<Instant> {
  const then = instant(milliseconds);
  return then === undefined ? unknown('malformed-response', 'a trigger beyond all time') : known(then);
}
