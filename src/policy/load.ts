import { didYouMean } from '../document/suggest.ts';
import { type Mistake, OperatorError, type Position } from '../model/operator-error.ts';
import { type Known, bindEntry } from './bind-entry.ts';
import { type Complain, type Layer, addLayer, emptyLayer } from './layer.ts';
import { type Parameter, type ParameterValue, readAs } from './parameters.ts';
import { type Origins, originsOf } from './origins.ts';
import type { Policy } from './policy.ts';
import { type Shelves, policiesIn, resolvePolicy, resolveSet, setsIn } from './resolve.ts';
import { type PolicyFile, type PolicySheet, type SetSheet, type Sheet, readSheets } from './sheet.ts';

export type LoadRequest = {
  /** The operator's files; when there are none, `builtin:baseline` is loaded. */
  readonly files: readonly PolicyFile[];
  /** The policies and sets that ship with the tool. */
  readonly builtin: readonly PolicyFile[];
  /** Values from flags and configuration: they beat those of the sets. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Where such a value stands. */
  readonly positionOf?: (parameter: string) => Position;
} & Known;
export type LoadedPolicies = {
  /** By id, those that are disabled among them. */
  readonly policies: readonly Policy[];
  /** By name, each with its value and where that was set. */
  readonly parameters: readonly Parameter[];
  /** Ids of policies that are written or ship, and are in no set of these, or disabled. */
  readonly notInForce: ReadonlySet<string>;
  /** By policy id. */
  readonly origins: ReadonlyMap<string, Origins>;
};

/**
 * Parse, validate the envelope, resolve what sets extend and include, bind `$parameters`, validate what they were bound in.
 * Throws OperatorError `policy-invalid` with the mistakes of all files.
 */
export function loadPolicies({ files, builtin, parameters = {}, positionOf = fromOutside, ...known }: LoadRequest): LoadedPolicies {
  const mistakes: Mistake[] = [];
  const complain: Complain = (mistake) => mistakes.push(mistake);
  const read = (shelf: readonly PolicyFile[]) => readSheets(shelf, (more) => mistakes.push(...more));
  const shelves: Shelves = { given: read(files), builtin: read(builtin) };
  // What a broken file would have declared looks like mistakes elsewhere.
  stopAt(mistakes);

  const layer = combined(shelves, complain);
  setFromOutside(layer, parameters, positionOf, complain);
  if (mistakes.length > 0) stopAt([...mistakes, ...layer.unused]);
  const policies = [...layer.entries.values()].flatMap((entry) => bindEntry(entry, layer.parameters, known, complain) ?? []);
  stopAt([...mistakes, ...layer.unused]);
  return {
    policies: policies.toSorted((a, b) => compare(a.id, b.id)),
    parameters: [...layer.parameters.values()].toSorted((a, b) => compare(a.name, b.name)),
    notInForce: notInForce(shelves, policies),
    origins: new Map([...layer.entries].map(([id, entry]) => [id, originsOf(entry, layer.parameters)])),
  };
}

function notInForce({ given, builtin }: Shelves, policies: readonly Policy[]): ReadonlySet<string> {
  const known = new Set([...policiesIn(given), ...policiesIn(builtin), ...policies].map(({ id }) => id));
  for (const { id, disabled } of policies) if (!disabled) known.delete(id);
  return known;
}

/** All of the operator's sets and single policies side by side; sets that others extend come in through those. */
function combined(shelves: Shelves, complain: Complain): Layer {
  const layer = emptyLayer();
  const add = (other: Layer) => addLayer(layer, other, new Set(), complain);
  const shelf = shelves.given.length === 0 ? shelves.builtin : shelves.given;
  complainOfTwins(shelf, complain);
  const sets = shelves.given.length === 0 ? setsIn(shelf).filter(({ id }) => id === 'baseline') : setsIn(shelf);
  const extended = new Set(sets.flatMap(({ written }) => written.metadata.extends ?? []));
  const tops = sets.filter(({ id }) => !extended.has(id));
  for (const set of [...tops, ...firstOfCircles(sets, tops)]) add(resolveSet(set, shelves, complain));
  if (shelves.given.length === 0) return layer;
  for (const policy of policiesIn(shelf)) if (!isIncluded(policy, layer)) add(resolvePolicy(policy, complain));
  return layer;
}

/** Sets that extend each other in a circle have no top; one of each is resolved, so that the circle is told. */
function firstOfCircles(sets: readonly SetSheet[], tops: readonly SetSheet[]): readonly SetSheet[] {
  const reached = new Set<SetSheet>();
  const reach = (set: SetSheet): void => {
    if (reached.has(set)) return;
    reached.add(set);
    for (const name of set.written.metadata.extends ?? []) for (const each of sets) if (each.id === name) reach(each);
  };
  tops.forEach(reach);
  return sets.filter((set) => {
    const isFirst = !reached.has(set);
    reach(set);
    return isFirst;
  });
}

function isIncluded({ id, document }: PolicySheet, { entries }: Layer): boolean {
  return [...(entries.get(id)?.parts.values() ?? [])].some((part) => part.document === document);
}

function complainOfTwins(shelf: readonly Sheet[], complain: Complain): void {
  const seen = new Map<string, Sheet>();
  for (const sheet of shelf) {
    const key = `${sheet.kind} ${sheet.id}`;
    const twin = seen.get(key);
    const path = sheet.kind === 'PolicySet' ? ['metadata', 'id'] : ['id'];
    const noun = sheet.kind === 'PolicySet' ? 'policy set' : 'policy';
    if (twin)
      complain({
        message: `${noun} \`${sheet.id}\` is defined twice: here and in ${twin.document.file}`,
        position: sheet.document.position(path),
      });
    else seen.set(key, sheet);
  }
}

function fromOutside(): Position {
  return { file: 'the command line or configuration' };
}

function setFromOutside(
  layer: Layer,
  given: Readonly<Record<string, ParameterValue>>,
  positionOf: (parameter: string) => Position,
  complain: Complain,
): void {
  for (const [name, value] of Object.entries(given)) {
    const position = positionOf(name);
    const declared = layer.parameters.get(name);
    if (!declared) {
      complain({ message: `no policy has a parameter \`${name}\``, hint: didYouMean(name, [...layer.parameters.keys()]), position });
      continue;
    }
    const read = readAs(declared.type, value);
    if (read === undefined)
      complain({ message: `parameter \`${name}\` must be a ${declared.type}, not ${JSON.stringify(value)}`, position });
    else layer.parameters.set(name, { ...declared, value: read, position, isSettled: false });
  }
}

function stopAt(mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0) throw new OperatorError('policy-invalid', mistakes);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
