import { type Entry, lineOf, placeOf } from './layer.ts';
import { type Parameter, type Path, bind, references } from './parameters.ts';

/** Where the parts of a policy were written, which may be several files. */
export type Origins = {
  /** Key -> `overdue/policies/rotation/long-lived-credential.yaml:7`. */
  readonly parts: ReadonlyMap<string, string>;
  /** Every argument of its assertion, in the order of the file. */
  readonly thresholds: readonly Threshold[];
};
export type Threshold = {
  /** `rotation.maxAge`, `any.0.usage.dormantAfter`. */
  readonly path: string;
  readonly value: unknown;
  readonly parameter?: string;
  /** Where its value was set last. */
  readonly setAt: string;
};

export function originsOf(entry: Entry, parameters: ReadonlyMap<string, Parameter>): Origins {
  // Worked out when somebody asks: most runs never do.
  return {
    get parts() {
      return new Map([...entry.parts].map(([key, each]) => [key, lineOf(placeOf(each))]));
    },
    get thresholds() {
      return thresholdsOf(entry, parameters);
    },
  };
}

function thresholdsOf(entry: Entry, parameters: ReadonlyMap<string, Parameter>): readonly Threshold[] {
  const part = entry.parts.get('assert');
  const found = part ? leavesOf(part.value, []) : [];
  return found.map(({ value, path }) => {
    const [name] = references(value);
    const parameter = name === undefined ? undefined : parameters.get(name);
    const at = parameter?.position ?? (part ? placeOf({ ...part, path: [...part.path, ...path] }) : placeOf(entry.origin));
    const plain = { path: path.join('.'), value: bind(value, parameters, () => undefined), setAt: lineOf(at) };
    return name === undefined ? plain : { ...plain, parameter: name };
  });
}

/** Values and lists of values, each with the path that leads to it. */
function leavesOf(value: unknown, path: Path): readonly { readonly value: unknown; readonly path: Path }[] {
  if (typeof value !== 'object' || value === null) return [{ value, path }];
  if (Array.isArray(value) && !value.some((item) => typeof item === 'object')) return [{ value, path }];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, Array.isArray(value) ? Number(key) : key]));
}
