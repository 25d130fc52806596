// https://learn.microsoft.com/en-us/azure/key-vault/certificates/about-certificates#certificate-policy
import { day } from '../../src/model/duration.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import { type Json, isJson, text } from './json.ts';

/** `Self`, `Unknown` for one that somebody else made, or the name of an authority that the vault knows. */
export function issuerOf(policy: Fact<Json>): string | undefined {
  const issuer = policy.state === 'known' ? policy.value['issuer'] : undefined;
  return isJson(issuer) ? text(issuer['name']) : undefined;
}

/** When the vault renews the certificate by itself; absent where it only writes mail, or does not know the issuer. */
export function autoRenewalAt(policy: Fact<Json>, notBefore: Fact<Instant>, expiresAt: Fact<Instant>): Fact<Instant> {
  if (policy.state !== 'known') return policy;
  if (issuerOf(policy) === 'Unknown') return absent();
  const actions = policy.value['lifetime_actions'];
  if (actions === undefined || actions === null) return absent();
  if (!Array.isArray(actions)) return unknown('malformed-response', 'a policy without its actions');
  const renewing = actions.filter(isJson).find(({ action }) => isJson(action) && action['action_type'] === 'AutoRenew');
  if (!renewing) return absent();
  const trigger = isJson(renewing['trigger']) ? renewing['trigger'] : {};
  if (expiresAt.state !== 'known') return expiresAt;
  const end = epoch(expiresAt.value);
  if (typeof trigger['days_before_expiry'] === 'number') return at(end - trigger['days_before_expiry'] * day);
  if (typeof trigger['lifetime_percentage'] !== 'number') return unknown('malformed-response', 'an action without its trigger');
  if (notBefore.state !== 'known') return unknown('not-offered', 'the certificate does not say from when it is valid');
  const start = epoch(notBefore.value);
  return at(start + ((end - start) * trigger['lifetime_percentage']) / 100);
}

function at(milliseconds: number): Fact<Instant> {
  const then = instant(milliseconds);
  return then === undefined ? unknown('malformed-response', 'a trigger beyond all time') : known(then);
}
