import { createHash } from 'node:crypto';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, entryOf, listIn, objectOf, textIn } from './answer.ts';

/** Public key by which an issuer's tokens are checked, where the provider has it written down and does not fetch it from the issuer. */
export type SigningKey = {
  readonly name: string;
  /** Of RFC 7638, as base64url. */
  readonly thumbprint: string;
  readonly algorithm: string;
};

// The members that a thumbprint is made of, in their order. https://www.rfc-editor.org/rfc/rfc7638#section-3.2
const members: Readonly<Record<string, readonly string[]>> = { EC: ['crv', 'kty', 'x', 'y'], RSA: ['e', 'kty', 'n'] };

/** The keys of a JSON Web Key Set; one that is listed twice is one. */
export function signingKeysIn(jwks: string): readonly SigningKey[] {
  const keys = listIn(objectOf(parse(jwks)), 'keys').map((key) => {
    const type = textIn(key, 'kty') ?? '';
    const thumbprint = thumbprintOf(key, type);
    return { name: textIn(key, 'kid') ?? thumbprint, thumbprint, algorithm: textIn(key, 'alg') ?? type };
  });
  return [...new Map(keys.map((key) => [key.thumbprint, key])).values()];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new MalformedError('a key set that is no JSON', { cause: error });
  }
}

function thumbprintOf(key: Json, type: string): string {
  const own = (entryOf(members, type) ?? []).map((name) => [name, textIn(key, name)] as const);
  if (own.length === 0 || own.some(([, value]) => value === undefined)) throw new MalformedError('a key set with a key that is none');
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(own)))
    .digest('base64url');
}
