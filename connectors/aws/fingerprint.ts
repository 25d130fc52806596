import { X509Certificate, createHash, createPublicKey } from 'node:crypto';
import { type Fact, known, unknown } from '../../src/model/fact.ts';

/** SHA-256 of a certificate in PEM, in hex, as other clouds and `openssl x509 -fingerprint -sha256` name it. */
export function certificateFingerprint(pem: string | undefined): Fact<string> {
  return hashed(pem, 'certificate', (text) => new X509Certificate(text).raw);
}

/** SHA-256 of a public key in PEM (its SubjectPublicKeyInfo), in hex. */
export function publicKeyFingerprint(pem: string | undefined): Fact<string> {
  return hashed(pem, 'public key', (text) => createPublicKey(text).export({ type: 'spki', format: 'der' }));
}

function hashed(pem: string | undefined, what: string, bytes: (pem: string) => Buffer): Fact<string> {
  if (pem === undefined || pem === '') return unknown('malformed-response', `no ${what} where the API always sends one`);
  try {
    return known(createHash('sha256').update(bytes(pem)).digest('hex').toUpperCase());
  } catch (error) {
    // Only what the parser refuses: the text is the customer's own.
    if (error instanceof Error && 'code' in error) return unknown('malformed-response', `not a ${what} in PEM`);
    throw error;
  }
}

/** `SHA256:…` of a public key in OpenSSH's one-line form, as `ssh-keygen -l` prints it. */
export function sshFingerprint(line: string | undefined): Fact<string> {
  const [type, encoded] = (line ?? '').trim().split(/\s+/);
  if (type === undefined || encoded === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return unreadableKey;
  const blob = Buffer.from(encoded, 'base64');
  // The blob repeats its type behind a length (RFC 4253, 6.6); text that does not is no key, and its hash would match nothing.
  const repeated = blob.length < 4 + type.length || blob.readUInt32BE(0) !== type.length ? '' : blob.toString('latin1', 4, 4 + type.length);
  return repeated === type ? known(`SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`) : unreadableKey;
}

const unreadableKey = unknown('malformed-response', 'not a public key in OpenSSH form');
