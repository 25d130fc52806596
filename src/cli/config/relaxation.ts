import type { Connector } from '../../connector/contract.ts';
import { milliseconds } from '../../model/duration.ts';
import { severities } from '../../model/finding.ts';
import type { Relaxation, Relaxed } from '../../model/relaxation.ts';
import type { Gate } from '../../model/result.ts';
import { inShort, isSame, mapOf } from '../../policy/relaxation/values.ts';
import type { Config, ConnectorConfig, FoundConfig } from './config.ts';

export type GateAndLimit = { readonly gate: Gate; readonly longestWaiver: string };
type Part = { readonly what: Relaxed; readonly path: readonly string[]; readonly from: unknown; readonly to: unknown };

/** What a changed configuration asks less of: a lower gate, longer waivers, less that is looked at, sources that claim less. */
export function relaxedConfig(
  before: Config & GateAndLimit,
  after: Config & GateAndLimit,
  position: FoundConfig['position'],
  connectors: readonly Pick<Connector, 'id' | 'places'>[],
): readonly Relaxation[] {
  const parts = [
    ...inGate(before.gate, after.gate),
    ...inLimit(before.longestWaiver, after.longestWaiver),
    ...inConnectors(before.connectors ?? {}, after.connectors ?? {}, new Map(connectors.map(({ id, places = [] }) => [id, places]))),
    ...inSources(before, after),
  ];
  return parts.map(({ what, path, from, to }) => {
    const { file, line } = position(path);
    const source = line === undefined ? file : `${file}:${String(line)}`;
    return { what, of: path.join('.'), from: inShort(from), to: inShort(to), source };
  });
}

/** From the strictest to the loosest. */
const floors: readonly string[] = [...severities, 'none'];
const coverages: readonly string[] = ['full', 'declared', 'none'];
const gateOrder: Readonly<Record<keyof Gate, readonly string[]>> = { failOn: floors, failOnUnknown: floors, requireCoverage: coverages };

function inGate(before: Gate, after: Gate): readonly Part[] {
  return (['failOn', 'failOnUnknown', 'requireCoverage'] as const).flatMap((key) => {
    const order = gateOrder[key];
    const [from, to] = [before[key], after[key]];
    return order.indexOf(to) > order.indexOf(from) ? [{ what: 'gate', path: ['gate', key], from, to }] : [];
  });
}

function inLimit(from: string, to: string): readonly Part[] {
  return milliseconds(to) > milliseconds(from) ? [{ what: 'threshold', path: ['longestWaiver'], from, to }] : [];
}

type Connectors = Readonly<Record<string, ConnectorConfig>>;

function inConnectors(before: Connectors, after: Connectors, places: ReadonlyMap<string, readonly string[]>): readonly Part[] {
  return Object.entries(before).flatMap(([id, was]): readonly Part[] => {
    const is = after[id];
    if (!is) return [{ what: 'connector', path: ['connectors', id], from: 'looked at', to: undefined }];
    const { skip = {}, ...settings } = is;
    const { skip: skippedBefore = {}, ...known } = was;
    const skipped = Object.entries(skip).filter(([surface]) => !Object.hasOwn(skippedBefore, surface));
    return [
      ...skipped.map(
        ([surface, why]): Part => ({
          what: 'surface',
          path: ['connectors', id, 'skip', surface],
          from: 'looked at',
          to: `skipped: ${why}`,
        }),
      ),
      ...changed(known, settings)
        .filter(({ key, from, to }) => places.get(id)?.includes(key) !== true || !isLonger(from, to))
        .map(({ key, from, to }): Part => ({ what: 'scope', path: ['connectors', id, key], from, to })),
    ];
  });
}

/** A list that only gained something. */
function isLonger(from: unknown, to: unknown): boolean {
  return Array.isArray(from) && Array.isArray(to) && from.every((item) => to.some((each) => isSame(item, each)));
}

/** Sources, and what of them counts as an owner. All but what surely asks for more is told: another file may hold anything. */
function inSources(before: Config, after: Config): readonly Part[] {
  const was: Readonly<Record<string, unknown>> = before.sources ?? {};
  const is: Readonly<Record<string, unknown>> = after.sources ?? {};
  const parts = Object.entries(was).flatMap(([name, settings]): readonly Part[] => {
    const next = mapOf(is[name]);
    if (!next) return [{ what: 'source', path: ['sources', name], from: 'read', to: undefined }];
    return changed(mapOf(settings) ?? {}, next)
      .filter(({ key, from, to }) => !isStricter(key, from, to))
      .map(({ key, from, to }): Part => ({ what: 'source', path: ['sources', name, key], from, to }));
  });
  if (isSame(before.owners, after.owners)) return parts;
  return [...parts, { what: 'source', path: ['owners'], from: before.owners, to: after.owners }];
}

function isStricter(key: string, from: unknown, to: unknown): boolean {
  if (key === 'complete') return to === true || from !== true;
  if (key !== 'maxAge' || typeof to !== 'string') return false;
  return typeof from !== 'string' || milliseconds(to) <= milliseconds(from);
}

function changed(before: object, after: object): readonly { readonly key: string; readonly from: unknown; readonly to: unknown }[] {
  const [was, is] = [mapOf(before) ?? {}, mapOf(after) ?? {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => !isSame(was[key], is[key]))
    .map((key) => ({ key, from: was[key], to: is[key] }));
}
