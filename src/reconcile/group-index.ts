import type { Group } from '../model/source.ts';
import { entityRef, refText } from '../sources/entity-ref.ts';
import { joinKey } from '../sources/join-key.ts';

export type GroupIndex = {
  /** By reference, bare name in the default namespace, or the group's e-mail address. */
  find(ref: string): Group | undefined;
  /** Names of the members of a group and of all groups inside it, each once, and those groups. */
  membersOf(group: Group): { readonly names: readonly string[]; readonly groups: readonly Group[] };
};

export function openGroupIndex(groups: readonly Group[]): GroupIndex {
  const byName = new Map<string, Group>();
  for (const group of groups) {
    for (const name of [group.email, group.id]) {
      if (name !== undefined) byName.set(joinKey(name), group);
    }
  }
  const find = (ref: string): Group | undefined => byName.get(joinKey(ref)) ?? byName.get(groupId(ref) ?? '');

  return {
    find,
    membersOf(group) {
      const inside = new Set([group]);
      const names = new Set<string>();
      // A set that grows while it is walked: each group is visited once, also where groups contain each other.
      for (const each of inside) {
        for (const member of each.members) {
          const inner = find(member);
          if (inner) inside.add(inner);
          else names.add(member);
        }
      }
      return { names: [...names], groups: [...inside].filter((each) => each !== group) };
    },
  };
}

function groupId(ref: string): string | undefined {
  const parsed = entityRef(ref, 'group');
  return parsed?.kind === 'group' ? refText(parsed) : undefined;
}
