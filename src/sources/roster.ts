import type { Person, Sources } from '../model/source.ts';
import { joinKey } from './join-key.ts';

/** The people by every name they have. */
export type Roster = {
  /** By e-mail address, id, alias or login. `login`: the name is known to be a login of this provider, such as `gh`. */
  find(name: string, login?: LoginProvider): Person | undefined;
  /** Several people have this name, so that it leads to none of them. */
  isShared(name: string, login?: LoginProvider): boolean;
  /** Whom the roster names as the manager: by any of these names, or by a whole name that only one person has, as exports of HR do. */
  managerOf(person: Person): Person | undefined;
};
export type LoginProvider = 'gh';

/** A name that several people have leads to none of them. */
export function openRoster(people: Sources['people']): Roster {
  const byName = new Map<string, Person>();
  const ambiguous = new Set(people?.ambiguous ?? []);
  let wholeNames: ReadonlyMap<string, Person | null> | undefined;
  for (const person of people?.entries ?? []) {
    for (const name of [person.id, person.email, ...person.aliases]) {
      const key = joinKey(name ?? '');
      if (key !== '' && !ambiguous.has(key)) byName.set(key, person);
    }
  }
  const find: Roster['find'] = (name, login) => {
    const found = lookedUp(name, login).find((each) => byName.has(each));
    return found === undefined ? undefined : byName.get(found);
  };
  return {
    find,
    managerOf({ manager }) {
      if (manager === undefined) return undefined;
      wholeNames ??= byWholeName(people?.entries ?? []);
      // Workday writes the id behind the name: `Dana Okafor (21001)`.
      const id = /\(([^()\s]+)\)$/.exec(manager.trim())?.[1];
      return find(manager) ?? wholeNames.get(joinKey(manager)) ?? (id === undefined ? undefined : find(id));
    },
    isShared: (name, login) => lookedUp(name, login).some((each) => ambiguous.has(each)),
  };
}

/** null: the name of several. */
function byWholeName(people: readonly Person[]): ReadonlyMap<string, Person | null> {
  const found = new Map<string, Person | null>();
  for (const person of people) {
    if (person.name !== undefined) found.set(joinKey(person.name), found.has(joinKey(person.name)) ? null : person);
  }
  return found;
}

function lookedUp(name: string, login: LoginProvider | undefined): readonly string[] {
  const plain = bareName(name);
  return login === undefined ? [plain, `gh:${plain}`] : [`${login}:${plain}`, plain];
}

/** `Dana Okafor <dana@larkspur.example>`, `mailto:` and `@login` name the same person as the part that identifies. */
function bareName(name: string): string {
  const key = joinKey(name);
  const address = /<([^<>\s]+@[^<>\s]+)>$/.exec(key)?.[1] ?? key;
  return address.replace(/^mailto:/, '').replace(/^@/, '');
}
