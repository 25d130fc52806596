import type { Person, Sources } from '../model/source.ts';
import { joinKey } from './join-key.ts';

/** The people by every name they have. */
export type Roster = {
  /** By e-mail address, id, alias or login. `login`: the name is known to be a login of this provider, such as `gh`. */
  find(name: string, login?: LoginProvider): Person | undefined;
};
export type LoginProvider = 'gh';

/** Names are unique: the reader of the roster refuses a file in which they are not. */
export function openRoster(people: Sources['people']): Roster {
  const byName = new Map<string, Person>();
  for (const person of people?.entries ?? []) {
    for (const name of [person.id, person.email, ...person.aliases]) {
      if (name !== undefined && !byName.has(joinKey(name))) byName.set(joinKey(name), person);
    }
  }
  return {
    find(name, login) {
      const plain = bareName(name);
      const [first, second] = login === undefined ? [plain, `gh:${plain}`] : [`${login}:${plain}`, plain];
      return byName.get(first) ?? byName.get(second);
    },
  };
}

/** `Dana Okafor <dana@larkspur.example>`, `mailto:` and `@login` name the same person as the part that identifies. */
function bareName(name: string): string {
  const key = joinKey(name);
  const address = /<([^<>\s]+@[^<>\s]+)>$/.exec(key)?.[1] ?? key;
  return address.replace(/^mailto:/, '').replace(/^@/, '');
}
