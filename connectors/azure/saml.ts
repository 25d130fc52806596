// https://learn.microsoft.com/en-us/graph/api/serviceprincipal-addtokensigningcertificate
import { type Json, text } from './json.ts';

export type Collapsed = { readonly certificates: readonly Json[]; readonly secrets: readonly Json[] };

/**
 * One SAML signing certificate is three objects with one `customKeyIdentifier`: a key to sign, a key to verify, and the password of the
 * private key, whose key id is that of the signing key. The signing key stands for all three.
 */
export function collapseSaml(keys: readonly Json[], passwords: readonly Json[]): Collapsed {
  const signing = keys.filter(isSigning);
  const identifiers = new Set(signing.map((key) => text(key['customKeyIdentifier'])).filter((each) => each !== undefined));
  const keyIds = new Set(signing.map((key) => text(key['keyId'])));
  const belongs = (each: Json): boolean => identifiers.has(text(each['customKeyIdentifier']) ?? '');
  return {
    certificates: keys.filter((key) => isSigning(key) || !belongs(key)),
    secrets: passwords.filter((password) => !belongs(password) && !keyIds.has(text(password['keyId']) ?? '')),
  };
}

export function isSigning(key: Json): boolean {
  return key['usage'] === 'Sign';
}
