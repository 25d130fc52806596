import type { YamlDocument } from '../document/parse.ts';
import type { Mistake, Position } from '../model/operator-error.ts';
import { type Parameter, type Path, type WrittenParameter, fits, parameter, references } from './parameters.ts';
import { boundKeys } from './schema.ts';
import type { WrittenEntry } from './sheet.ts';

/** Policies and parameters as they stand after some files: each part still knows where it was written. */
export type Layer = {
  readonly entries: Map<string, Entry>;
  readonly parameters: Map<string, Parameter>;
  /** Parameters that nobody uses: told together with what is wrong inside the policies, which may be why. */
  readonly unused: Mistake[];
};
/** One policy, its parts perhaps from several files. */
export type Entry = { readonly id: string; readonly parts: ReadonlyMap<string, Part>; readonly origin: Part };
export type Part = { readonly value: unknown; readonly document: YamlDocument; readonly path: Path };
export type Complain = (mistake: Mistake) => void;

export function emptyLayer(): Layer {
  return { entries: new Map(), parameters: new Map(), unused: [] };
}

const envelope = new Set(['apiVersion', 'kind', 'params']);

export function entryOf(written: WrittenEntry, document: YamlDocument, base: Path): Entry {
  const parts = Object.entries(written)
    .filter(([key]) => !envelope.has(key))
    .map(([key, value]) => [key, { value, document, path: [...base, key] }] as const);
  return { id: written.id, parts: new Map(parts), origin: { value: written.id, document, path: [...base, 'id'] } };
}

/** The later entry's parts over those of the earlier one, key by key. */
export function overridden(earlier: Entry, later: Entry): Entry {
  return { id: later.id, parts: new Map([...earlier.parts, ...later.parts]), origin: later.origin };
}

/** The entry with a part that it has none of its own for. */
export function defaulted(entry: Entry, key: string, part: Part): Entry {
  return entry.parts.has(key) ? entry : { ...entry, parts: new Map([...entry.parts, [key, part]]) };
}

export function referencesOf(entry: Entry): ReadonlySet<string> {
  return new Set([...entry.parts].filter(([key]) => boundKeys.has(key)).flatMap(([, { value }]) => [...references(value)]));
}

export function placeOf({ document, path }: Part): Position {
  return document.position(path);
}

export function lineOf({ file, line }: Position): string {
  return line === undefined ? file : `${file}:${String(line)}`;
}

/**
 * Adds another layer beside this one. The same policy may come in twice, but not two different ones under one id, nor one parameter
 * with two values, unless it is `settled`: the set that uses both gives it its own.
 */
export function addLayer(layer: Layer, other: Layer, settled: ReadonlySet<string>, complain: Complain): void {
  layer.unused.push(...other.unused);
  for (const [id, entry] of other.entries) {
    const present = layer.entries.get(id);
    if (present && !isSame(present, entry)) complainOfDouble(entry, present, complain);
    else layer.entries.set(id, entry);
  }
  for (const [name, each] of other.parameters) {
    const present = layer.parameters.get(name);
    if (present && !settled.has(name) && JSON.stringify(present.value) !== JSON.stringify(each.value)) {
      complain({
        message: `parameter \`${name}\` has two values: ${JSON.stringify(each.value)} here, ${JSON.stringify(present.value)} at ${lineOf(present.position)}`,
        hint: 'give it one value under `params` of the set that uses both',
        position: each.position,
      });
    } else layer.parameters.set(name, present ?? each);
  }
}

export function complainOfDouble(entry: Entry, present: Entry, complain: Complain): void {
  complain({
    message: `policy \`${entry.id}\` is defined twice: here and at ${lineOf(placeOf(present.origin))}`,
    position: placeOf(entry.origin),
  });
}

function isSame(a: Entry, b: Entry): boolean {
  return a.origin.document === b.origin.document && a.origin.path.join('/') === b.origin.path.join('/');
}

/** Declares new parameters, and sets those that are already there; the type of a parameter never changes. */
export function setParameters(
  layer: Layer,
  written: Readonly<Record<string, WrittenParameter>>,
  document: YamlDocument,
  complain: Complain,
): void {
  for (const [name, value] of Object.entries(written)) {
    const declared = layer.parameters.get(name);
    const next = parameter(name, value, { position: document.position(['params', name], 'key'), isSettled: document.isSettled === true });
    const type = declared?.type ?? next.type;
    if (!fits(next.value, type))
      complain({ message: `parameter \`${name}\` must be a ${type}, not ${JSON.stringify(next.value)}`, position: next.position });
    else layer.parameters.set(name, { ...declared, ...next, type });
  }
}
