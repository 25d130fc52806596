import { type Fact, absent, known, unknown } from '../../model/fact.ts';
import { identity } from '../../model/identity.ts';
import { type Kind, defineKind } from '../../model/kind.ts';
import type { Person } from '../../model/source.ts';
import type { Subject } from '../../model/subject.ts';
import type { GivenSubject } from '../example.ts';

export const identityId = 'example-identity';

/** The identity behind the record that an example gives; none where it gives none. */
export function identityOf(kind: Kind, { identity: given }: GivenSubject): Pick<Subject, 'identity' | 'identityKind'> {
  if (typeof given !== 'object') return {};
  const notLooked = unknown('not-looked');
  const { status = 'active', actor, survives } = given;
  const identityKind = defineKind({
    id: 'example.identity',
    title: 'Any identity',
    record: 'identity',
    proves: 'an example',
    traits: {
      ...kind.traits,
      expiry: 'never',
      rotation: 'none',
      proof: 'none',
      takesWith: [],
      leavesBehind: survives === undefined ? [] : [kind.id],
      ...(actor === undefined ? {} : { actor }),
    },
  });
  const plain = { id: identityId, kind: identityKind.id, provider: 'example', scope: 'example', name: identityId, status };
  const rest = { managedBy: 'customer' as const, owners: [], tags: {}, evidence: [], details: {} };
  const facts = { createdAt: notLooked, lastUsedAt: notLooked, expiresAt: notLooked, purpose: notLooked, privilege: notLooked };
  return { identity: identity({ ...plain, ...rest, ...facts }), identityKind };
}

/** The person of the roster that this identity is: `none` where a complete roster lacks it. */
export function personOf({ identity: given }: GivenSubject): Fact<Person> {
  const id = typeof given === 'object' ? given.person : undefined;
  if (id === undefined || id === 'unknown') return unknown('no-source');
  return id === 'none' ? absent() : known({ id, status: 'active', aliases: [], source: 'example' });
}
