import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signingKeysIn } from '../../../connectors/gcp/signing-key.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';

// The example of https://www.rfc-editor.org/rfc/rfc7638#section-3.1
const rfc = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
  alg: 'RS256',
  kid: '2011-04-29',
};

describe('keys written into a provider', () => {
  test('are known by the thumbprint of the standard', () => {
    expect(signingKeysIn(JSON.stringify({ keys: [rfc] }))).toEqual([
      { name: '2011-04-29', thumbprint: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', algorithm: 'RS256' },
    ]);
  });

  test('on an elliptic curve too, and without a name by the thumbprint', () => {
    const { kty, crv, x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
    expect(signingKeysIn(JSON.stringify({ keys: [{ y, x, crv, kty, use: 'sig' }] }))).toEqual([
      { name: thumbprint, thumbprint, algorithm: 'EC' },
    ]);
  });

  test('that are listed twice are one', () => {
    expect(signingKeysIn(JSON.stringify({ keys: [rfc, { ...rfc, use: 'sig' }] }))).toHaveLength(1);
  });

  test.each([
    ['no JSON', '{'],
    ['no set', '[]'],
    ['a secret in place of a key', JSON.stringify({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] })],
    ['a sort of key that only the language knows', JSON.stringify({ keys: [{ kty: 'constructor', k: 'c2Vj' }] })],
    ['half a key', JSON.stringify({ keys: [{ kty: 'RSA', e: 'AQAB' }] })],
  ])('%s is an unreadable item, and its text goes nowhere', (_case, text) => {
    expect(() => signingKeysIn(text)).toThrow(MalformedError);
    expect(() => signingKeysIn(text)).not.toThrow(/c2Vj/);
  });
});
