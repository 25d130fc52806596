import { createHash } from 'node:crypto';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { moment } from './field.ts';

/** `SHA256:…` of a public key in OpenSSH's one-line form, as `ssh-keygen -l` prints it. The key text itself goes no further. */
export function sshFingerprint(line: unknown): Fact<string> {
  const [type, encoded] = typeof line === 'string' ? line.trim().split(/\s+/) : [];
  if (type === undefined || encoded === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return unreadable;
  const blob = Buffer.from(encoded, 'base64');
  // The blob repeats its type behind a length (RFC 4253, 6.6): text that does not is no key, and its hash would match nothing.
  if (blob.length < 4 + type.length || blob.readUInt32BE(0) !== type.length || blob.toString('latin1', 4, 4 + type.length) !== type)
    return unreadable;
  return known(`SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`);
}

/** Of `last_used`, which is null, or left out, also for what was used before GitHub recorded it. */
export function sshLastUse(lastUsed: unknown): Fact<Instant> {
  return moment(
    lastUsed ?? null,
    unknown('not-offered', 'GitHub has no last use of this key: it was not used, or before that was recorded'),
  );
}

const unreadable = unknown('malformed-response', 'not a public key in OpenSSH form');
