import { type Credential, credential } from '../../model/credential.ts';
import { type Fact, absent, known, unknown } from '../../model/fact.ts';
import { grant } from '../../model/grant.ts';
import { identity } from '../../model/identity.ts';
import type { InventoryRecord } from '../../model/inventory.ts';
import type { Kind } from '../../model/kind.ts';
import type { GivenSibling, GivenSubject } from '../example.ts';
import { identityId } from './identity.ts';
import { factAt } from './time.ts';

const notLooked = unknown('not-looked');

/** The record that an example gives; what it leaves out is unknown. */
export function recordOf(kind: Kind, given: GivenSubject, now: number): InventoryRecord {
  const ownersUnknown = given.owners === 'unknown' ? { ownersUnknown: unknown('not-offered') } : {};
  const shared = { ...plain(kind, given.name ?? 'example', given), ...sharedFacts(given, now), ...ownersUnknown };
  if (kind.record === 'identity') {
    const { consumers, trust } = given;
    return identity({
      ...shared,
      ...(consumers === undefined ? {} : { consumers: listFact(consumers) }),
      ...(trust === undefined ? {} : { trust }),
    });
  }
  if (kind.record === 'grant') return grant({ ...shared, identity: identityFact(given), permission: notLooked });
  return credential({ ...shared, ...credentialFacts(given, now) });
}

export function siblingOf(kind: Kind, given: GivenSibling, index: number, now: number): Credential {
  return credential({ ...plain(kind, `sibling-${String(index + 1)}`, given), ...sharedFacts(given, now), ...credentialFacts(given, now) });
}

/** A text that an example gives: `none` = absent, `unknown` or left out = unknown. */
export function textFact<T extends string>(text: T | undefined): Fact<Exclude<T, 'unknown' | 'none'>> {
  if (text === undefined) return notLooked;
  if (text === 'unknown') return unknown('not-offered');
  return text === 'none' ? absent() : known(text as Exclude<T, 'unknown' | 'none'>);
}

function plain(
  kind: Kind,
  name: string,
  { scope = 'account/111122223333', status = 'active', managedBy = 'customer', tags = {} }: GivenSubject,
) {
  const provider = kind.id.split('.')[0] ?? kind.id;
  return { id: name, kind: kind.id, provider, scope, name, status, managedBy, owners: [], tags, evidence: [], details: {} };
}

function sharedFacts(given: GivenSubject, now: number) {
  return {
    createdAt: factAt(given.createdAt, undefined, now),
    lastUsedAt: factAt(given.lastUsedAt, given.watchedSince, now),
    expiresAt: factAt(given.expiresAt, undefined, now),
    ...(given.statusSince === undefined ? {} : { statusSince: factAt(given.statusSince, undefined, now) }),
    privilege: given.privilege === undefined || given.privilege === 'unknown' ? unknown('not-offered') : known(given.privilege),
    purpose: textFact(given.purpose),
  };
}

function credentialFacts(given: GivenSubject, now: number) {
  return {
    rotatedAt: factAt(given.rotatedAt, undefined, now),
    ...(given.rotationDueAt === undefined ? {} : { rotationDueAt: factAt(given.rotationDueAt, undefined, now) }),
    notBefore: factAt(given.notBefore, undefined, now),
    identity: identityFact(given),
    fingerprint: textFact(given.fingerprint),
    consumers: listFact(given.consumers),
    ...(given.trust === undefined ? {} : { trust: given.trust }),
  };
}

function identityFact({ identity: given }: GivenSubject): Fact<string> {
  if (typeof given === 'object') return known(identityId);
  return given === 'gone' ? absent() : notLooked;
}

function listFact(given: GivenSubject['consumers']): Fact<readonly string[]> {
  return typeof given === 'object' ? known(given) : textFact(given);
}
