import { didYouMean } from '../document/suggest.ts';
import type { Mistake } from '../model/operator-error.ts';
import { globs } from './glob.ts';
import {
  type Complain,
  type Entry,
  type Layer,
  addLayer,
  complainOfDouble,
  defaulted,
  emptyLayer,
  entryOf,
  overridden,
  placeOf,
  referencesOf,
  setParameters,
} from './layer.ts';
import { references } from './parameters.ts';
import type { PolicySheet, SetSheet, Sheet } from './sheet.ts';

const builtin = 'builtin:';

/** Where sets and policies are looked up: those of the operator, and, behind `builtin:`, those that ship with the tool. */
export type Shelves = { readonly given: readonly Sheet[]; readonly builtin: readonly Sheet[] };

/** A set with everything it extends and includes. */
export function resolveSet(sheet: SetSheet, shelves: Shelves, complain: Complain, trail: readonly SetSheet[] = []): Layer {
  const { document, written } = sheet;
  const layer = emptyLayer();
  const settled = new Set(Object.keys(written.params ?? {}));
  const add = (other: Layer) => addLayer(layer, other, settled, complain);
  for (const [index, reference] of (written.metadata.extends ?? []).entries()) {
    const at = { path: ['metadata', 'extends', index], value: reference, document };
    const target = find(reference, shelves, sheet, setsIn);
    const circle = [...trail, sheet];
    if (!target.found)
      complain({ message: `there is no policy set \`${reference}\``, hint: didYouMean(reference, target.names), position: placeOf(at) });
    else if (circle.includes(target.found))
      complain({
        message: `\`${sheet.id}\` extends itself: ${[...circle, target.found].map(({ id }) => id).join(' -> ')}`,
        position: placeOf(at),
      });
    else add(resolveSet(target.found, shelves, complain, circle));
  }
  for (const policy of included(sheet, shelves, complain)) add(resolvePolicy(policy, complain));
  const inherited = new Set(layer.parameters.keys());
  const own = ownEntries(sheet, layer, complain);
  if (written.waivers !== undefined) {
    const terms = { value: written.waivers, document, path: ['waivers'] };
    for (const [id, entry] of layer.entries) layer.entries.set(id, defaulted(entry, 'waivers', terms));
  }
  setParameters(layer, written.params ?? {}, document, complain);
  layer.unused.push(...unusedIn(sheet, inherited, own));
  return layer;
}

/** One policy of a file of its own, with the parameters it declares. */
export function resolvePolicy({ document, written }: PolicySheet, complain: Complain): Layer {
  const layer = emptyLayer();
  const entry = entryOf(written, document, []);
  layer.entries.set(entry.id, entry);
  setParameters(layer, written.params ?? {}, document, complain);
  const used = referencesOf(entry);
  for (const { name, position } of layer.parameters.values())
    if (!used.has(name)) layer.unused.push({ message: `parameter \`${name}\` is not used`, position });
  return layer;
}

function ownEntries({ document, written }: SetSheet, layer: Layer, complain: Complain): readonly Entry[] {
  const own = new Map<string, Entry>();
  for (const [index, each] of (written.policies ?? []).entries()) {
    const entry = entryOf(each, document, ['policies', index]);
    const twin = own.get(entry.id);
    const earlier = layer.entries.get(entry.id);
    if (twin) complainOfDouble(entry, twin, complain);
    else if (!earlier && !entry.parts.has('assert')) {
      const names = [...layer.entries.keys()];
      const hint = names.length === 0 ? 'a policy of its own needs `assert`' : didYouMean(entry.id, names);
      complain({ message: `there is no policy \`${entry.id}\` to change here`, hint, position: placeOf(entry.origin) });
    } else {
      own.set(entry.id, entry);
      layer.entries.set(entry.id, earlier ? overridden(earlier, entry) : entry);
    }
  }
  return [...own.values()];
}

function included(sheet: SetSheet, shelves: Shelves, complain: Complain): readonly PolicySheet[] {
  return (sheet.written.include ?? []).flatMap((pattern, index) => {
    const { shelf, name } = shelfOf(pattern, shelves, sheet);
    const isMatch = globs(name);
    const matching = policiesIn(shelf).filter(({ id }) => isMatch(id));
    if (matching.length === 0) {
      const hint = didYouMean(pattern, includable(shelves, sheet));
      complain({ message: `\`${pattern}\` includes no policy`, hint, position: sheet.document.position(['include', index]) });
    }
    return matching;
  });
}

/** Whatever a set may name, as it has to name it. */
function includable({ given, builtin: shipped }: Shelves, from: Sheet): readonly string[] {
  const ids = (shelf: readonly Sheet[]) => policiesIn(shelf).map(({ id }) => id);
  return shipped.includes(from) ? ids(shipped) : [...ids(given), ...ids(shipped).map((id) => `${builtin}${id}`)];
}

function unusedIn({ document, written }: SetSheet, inherited: ReadonlySet<string>, own: readonly Entry[]): readonly Mistake[] {
  const used = new Set([...own.flatMap((entry) => [...referencesOf(entry)]), ...references(written.waivers)]);
  const hint = (name: string) => (inherited.size === 0 ? {} : { hint: didYouMean(name, [...inherited]) });
  return Object.keys(written.params ?? {})
    .filter((name) => !inherited.has(name) && !used.has(name))
    .map((name) => ({ message: `parameter \`${name}\` is not used`, ...hint(name), position: document.position(['params', name], 'key') }));
}

function find<S extends Sheet>(
  reference: string,
  shelves: Shelves,
  from: Sheet,
  pick: (shelf: readonly Sheet[]) => readonly S[],
): { readonly found: S | undefined; readonly names: readonly string[] } {
  const { shelf, name } = shelfOf(reference, shelves, from);
  const prefix = reference.startsWith(builtin) ? builtin : '';
  return { found: pick(shelf).find(({ id }) => id === name), names: pick(shelf).map(({ id }) => `${prefix}${id}`) };
}

/** A name without `builtin:` means the shelf that the naming file itself is on. */
function shelfOf(reference: string, shelves: Shelves, from: Sheet): { readonly shelf: readonly Sheet[]; readonly name: string } {
  if (reference.startsWith(builtin)) return { shelf: shelves.builtin, name: reference.slice(builtin.length) };
  return { shelf: shelves.builtin.includes(from) ? shelves.builtin : shelves.given, name: reference };
}

export function setsIn(shelf: readonly Sheet[]): readonly SetSheet[] {
  return shelf.filter((sheet) => sheet.kind === 'PolicySet');
}

export function policiesIn(shelf: readonly Sheet[]): readonly PolicySheet[] {
  return shelf.filter((sheet) => sheet.kind === 'Policy');
}
