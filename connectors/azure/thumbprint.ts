// https://learn.microsoft.com/en-us/graph/api/resources/keycredential
import { type Fact, known, unknown } from '../../src/model/fact.ts';

/** SHA-1 or SHA-256. */
const lengths = new Set([20, 32]);

/**
 * A certificate's thumbprint in hex, out of `customKeyIdentifier`: base64 in some answers, hex in others, and free text where whoever
 * added the certificate set one of their own.
 */
export function thumbprintOf(customKeyIdentifier: unknown): Fact<string> {
  if (typeof customKeyIdentifier !== 'string' || customKeyIdentifier === '')
    return unknown('not-offered', 'the certificate carries no key identifier');
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(customKeyIdentifier)) return known(customKeyIdentifier.toUpperCase());
  const bytes = Buffer.from(customKeyIdentifier, 'base64');
  if (lengths.has(bytes.length) && bytes.toString('base64') === customKeyIdentifier) return known(bytes.toString('hex').toUpperCase());
  return unknown('not-offered', 'its key identifier is not a thumbprint');
}
