import type { Credential } from '../model/credential.ts';
import { type Instant, epoch } from '../model/instant.ts';
import { fact } from '../model/record.ts';
import type { Verdict } from '../model/verdict.ts';
import { lacking } from './facts.ts';

export type Successor = { readonly at: Instant; readonly credential: Credential };

/** Those of `others` that were made after it, the oldest first; or the verdict where nobody says when one of them was made. */
export function successors(record: Credential, others: readonly Credential[]): readonly Successor[] | Verdict {
  if (others.length === 0) return [];
  const created = fact(record, 'createdAt');
  if (created.state !== 'known') return lacking('createdAt', created);
  const mine = epoch(created.value);
  const newer: Successor[] = [];
  for (const other of others) {
    const at = fact(other, 'createdAt');
    if (at.state !== 'known') return lacking('createdAt', at, `nobody says when ${other.name}, active beside it, was created`);
    const later = epoch(at.value) - mine;
    if (later > 0 || (later === 0 && other.id > record.id)) newer.push({ at: at.value, credential: other });
  }
  return newer.toSorted((a, b) => epoch(a.at) - epoch(b.at));
}

export function isVerdict(given: readonly Successor[] | Verdict): given is Verdict {
  return 'outcome' in given;
}

/** Undefined: nobody says. */
export function works(credential: Credential, now: number): boolean | undefined {
  const end = fact(credential, 'expiresAt');
  if (end.state === 'known' && epoch(end.value) < now) return false;
  return credential.status === 'unknown' ? undefined : credential.status === 'active';
}
