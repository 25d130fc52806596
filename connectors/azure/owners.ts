// https://learn.microsoft.com/en-us/graph/api/application-list-owners
import type { Look, Operation } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, type Unknown, known, unknown } from '../../src/model/fact.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import { type Json, text } from './json.ts';
import { relatedOf, relatedTo } from './related.ts';
import type { Session } from './session.ts';

export type Owned = 'applications' | 'servicePrincipals';
/** Those that could be named; `unnamed` says why there are more. */
export type Owners = { readonly claims: readonly OwnerClaim[]; readonly unnamed?: Unknown };

/** Who owns users Graph names only to those who may read users; others get ids. */
export function ownersOperation(owned: Owned): Operation {
  return { call: `GET /v1.0/${owned}/{id}/owners`, permission: 'User.Read.All', facts: ['owner'] };
}

const select = 'id,displayName,userPrincipalName,mail,appId';

/**
 * Owners of directory objects, by batch. Whatever is refused is unknown owners of the objects asked for: never none. Being an owner there
 * is a right to change the object, which nobody has to answer for it to hold.
 */
export function ownersOf(owned: Owned, ids: readonly string[], session: Session, look: Look): Promise<ReadonlyMap<string, Fact<Owners>>> {
  const by = owned === 'applications' ? 'application owner' : 'service principal owner';
  return peopleOf(ids, (id) => `/${owned}/${id}/owners?$select=${select}`, { role: 'technical', by, control: true }, { session, look });
}

/** People who answer for directory objects: owners, sponsors. */
export async function peopleOf(
  ids: readonly string[],
  addressOf: (id: string) => string,
  claim: Omit<OwnerClaim, 'ref'>,
  { session, look }: { readonly session: Session; readonly look: Look },
): Promise<ReadonlyMap<string, Fact<Owners>>> {
  const related = await relatedTo(ids, addressOf, session);
  const learnt = ids.map(async (id) => [id, await look.learn(async () => known(named(relatedOf(related.get(id)), claim)))] as const);
  return new Map(await Promise.all(learnt));
}

/** Who may not read users gets an owner without a name. No roster knows that id, so it is no claim: somebody who left could not be told. */
function named(people: readonly Json[], claim: Omit<OwnerClaim, 'ref'>): Owners {
  const refs = people.map(refOf);
  const claims = refs.flatMap((ref) => (ref === undefined ? [] : [{ ...claim, ref }]));
  const count = refs.length - claims.length;
  return count === 0
    ? { claims }
    : { claims, unnamed: unknown('permission-denied', `${String(count)} of them could not be named: User.Read.All`) };
}

/** The sign-in name of a guest is made up in this tenant, so it joins nobody to a roster. */
function refOf(person: Json): string | undefined {
  const login = text(person['userPrincipalName']);
  const isGuest = login?.includes('#EXT#') === true;
  const id = text(person['id']);
  if (id === undefined) throw new MalformedError('an owner without an id');
  const isNamed = login !== undefined || text(person['displayName']) !== undefined;
  return text(person['mail']) ?? (isGuest ? undefined : login) ?? text(person['appId']) ?? (isNamed ? id : undefined);
}

/** The fields of a record. `weaker`: whom something less than a list of owners names. */
export function ownerFields(
  owners: Fact<Owners>,
  weaker: readonly OwnerClaim[] = [],
): { readonly owners: readonly OwnerClaim[]; readonly ownersUnknown?: Unknown } {
  if (owners.state === 'unknown') return { owners: weaker, ownersUnknown: owners };
  if (owners.state === 'absent') return { owners: weaker };
  const { claims, unnamed } = owners.value;
  return { owners: [...claims, ...weaker], ...(unnamed ? { ownersUnknown: unnamed } : {}) };
}

/** Whom Entra writes to before the SAML certificate of an application ends. */
export function notifiedOf({ notificationEmailAddresses }: Json): readonly OwnerClaim[] {
  if (!Array.isArray(notificationEmailAddresses)) return [];
  return notificationEmailAddresses.flatMap((each) => {
    const ref = text(each);
    return ref === undefined ? [] : [{ role: 'technical', ref, by: 'notification address' } as const];
  });
}
