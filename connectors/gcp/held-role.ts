import type { Instant } from '../../src/model/instant.ts';
import { type Json, listIn, textIn, textsIn } from './answer.ts';

/**
 * A role that a member holds on a resource: `projects/larkspur-analytics`, `folders/810020030040`. `readAt`: set where only the inventory
 * told of it, as of then.
 */
export type Held = { readonly role: string; readonly on: string; readonly readAt?: Instant };

/** The roles of an allow policy, by member; conditions count as met. */
export function heldIn(policy: Json, on: string, readAt?: Instant): ReadonlyMap<string, readonly Held[]> {
  const byMember = new Map<string, Held[]>();
  for (const binding of listIn(policy, 'bindings')) {
    const role = textIn(binding, 'role');
    if (role === undefined) continue;
    for (const member of new Set(textsIn(binding, 'members'))) {
      const before = byMember.get(member) ?? [];
      // Several conditions make several bindings of one role.
      if (!before.some((held) => held.role === role))
        byMember.set(member, [...before, { role, on, ...(readAt === undefined ? {} : { readAt }) }]);
    }
  }
  return byMember;
}
