import type { Mistake } from '../model/operator-error.ts';
import { printable } from '../model/printable.ts';
import { joinKey } from './join-key.ts';

export type NamedRow = { readonly line: number; readonly names: readonly (readonly [what: string, name: string | undefined])[] };

/** A name that leads to two rows would lead to the wrong one. Ids and other names are looked up alike, so they share one space. */
export function collisions(rows: readonly NamedRow[], noun: string, file: string): readonly Mistake[] {
  const owners = new Map<string, number>();
  const mistakes: Mistake[] = [];
  for (const { line, names } of rows) {
    for (const [what, name] of names) {
      if (name === undefined) continue;
      const first = owners.get(joinKey(name));
      if (first === undefined) owners.set(joinKey(name), line);
      else if (first !== line) {
        const message = `${what} \`${printable(name).slice(0, 60)}\` already belongs to the ${noun} on line ${String(first)}`;
        mistakes.push({ message, position: { file, line } });
      }
    }
  }
  return mistakes;
}
