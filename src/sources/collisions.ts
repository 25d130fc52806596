import type { Mistake, Position } from '../model/operator-error.ts';
import { joinKey } from './join-key.ts';
import { quoted, sourceOf } from './source-text.ts';

/** `at`: where the name itself stands; else the row is pointed at. */
export type NamedRow = {
  readonly position: Position;
  readonly names: readonly (readonly [what: string, name: string | undefined, at?: (() => Position) | undefined])[];
};

/** A name that leads to two rows would lead to the wrong one. Ids and other names are looked up alike, so they share one space. */
export function collisions(rows: readonly NamedRow[], noun: string): readonly Mistake[] {
  const owners = new Map<string, NamedRow>();
  const mistakes: Mistake[] = [];
  for (const row of rows) {
    for (const [what, name, at] of row.names) {
      if (name === undefined) continue;
      const key = joinKey(name);
      const first = owners.get(key);
      if (first === undefined) owners.set(key, row);
      else if (first !== row) {
        const message = `${what} ${quoted(name)} already belongs to the ${noun} ${placeOf(first.position, row.position.file)}`;
        mistakes.push({ message, position: at?.() ?? row.position });
      }
    }
  }
  return mistakes;
}

function placeOf(position: Position, file: string): string {
  return position.file === file && position.line !== undefined && position.column === undefined
    ? `on line ${String(position.line)}`
    : `at ${sourceOf(position)}`;
}
