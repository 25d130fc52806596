import type { Target } from '../../collect/collect.ts';
import type { Connector } from '../../connector/contract.ts';
import { milliseconds } from '../../model/duration.ts';
import { OperatorError } from '../../model/operator-error.ts';
import { didYouMean } from '../../document/suggest.ts';
import type { FoundConfig } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import type { Host } from '../host.ts';
import { type Network, openNetwork } from '../network.ts';
import type { CollectOptions, GlobalOptions } from '../options.ts';
import { sourceTraffic } from '../source-context.ts';

/** A run that is ready to collect: settings read and checked, nothing asked of a provider yet. */
export type Run = {
  readonly found: FoundConfig;
  readonly connectors: readonly Connector[];
  readonly targets: readonly Target[];
  readonly network: Network;
  /** Aborts by interrupt, time limit or a missing recording. */
  readonly signal: AbortSignal;
};

export async function openRun(options: CollectOptions & GlobalOptions, host: Host): Promise<Run> {
  const declared = await loadConnectors(host);
  const found = await loadConfig(options, host, declared);
  const connectors = chosen(options, found, declared);
  const stop = new AbortController();
  const network = await openNetwork({ ...options, folder: found.folder }, [...connectors.map(({ id }) => id), sourceTraffic], host, stop);
  const limits = options.timeout === undefined ? [] : [AbortSignal.timeout(milliseconds(options.timeout))];
  const signal = AbortSignal.any([host.signal, stop.signal, ...limits]);
  const targets = connectors.map((connector) => {
    const { skip = {}, ...settings } = found.config.connectors?.[connector.id] ?? {};
    return {
      connector,
      settings: { ...settings, ...reportAge(connector, options) },
      context: network.context(connector.id, signal),
      skip: { ...skip, ...unwanted(connector, options.surface, declared) },
    };
  });
  return { found, connectors, targets, network, signal };
}

/** For every connector that has reports to distrust: those with a setting of that name. */
function reportAge({ settings }: Connector, { maxReportAge }: CollectOptions): { readonly maxReportAge?: string } {
  const { properties = {} } = settings as { readonly properties?: object };
  return maxReportAge !== undefined && 'maxReportAge' in properties ? { maxReportAge } : {};
}

/** Declarations only: no SDK is loaded by this. */
export async function loadConnectors(host: Host): Promise<readonly Connector[]> {
  return Promise.all(Object.values(host.connectors).map((load) => load()));
}

function chosen(
  { connector: wanted }: CollectOptions,
  { config, file }: FoundConfig,
  declared: readonly Connector[],
): readonly Connector[] {
  const ids = wanted ?? Object.keys(config.connectors ?? {});
  if (ids.length === 0) {
    const where = file === undefined ? 'and there is no overdue.yaml' : `and ${file} names none`;
    throw new OperatorError('no-connector', {
      message: `no connector to run: none was given, ${where}`,
      hint: 'such as --connector aws, or a connectors: section in overdue.yaml',
    });
  }
  for (const id of ids)
    mustKnow(
      id,
      declared.map((connector) => connector.id),
      'connector',
    );
  return declared.filter(({ id }) => ids.includes(id));
}

function unwanted({ surfaces }: Connector, wanted: readonly string[] | undefined, declared: readonly Connector[]): Record<string, string> {
  if (!wanted) return {};
  const known = declared.flatMap((connector) => connector.surfaces.map(({ id }) => id));
  for (const id of wanted) mustKnow(id, known, 'surface');
  return Object.fromEntries(surfaces.filter(({ id }) => !wanted.includes(id)).map(({ id }) => [id, 'left out by --surface']));
}

export function mustKnow(id: string, known: readonly string[], noun: string): void {
  if (known.includes(id)) return;
  throw new OperatorError('usage', { message: `unknown ${noun} ${id}`, hint: didYouMean(id, known) });
}
