import { type CollectOptions as Options, collect } from '../../collect/collect.ts';
import type { Collected } from '../../model/inventory.ts';
import { OperatorError } from '../../model/operator-error.ts';
import { openProgress } from '../progress.ts';
import type { Host } from '../host.ts';
import type { CollectOptions, GlobalOptions } from '../options.ts';
import type { Run } from './open-run.ts';

/** Collects with progress. When no connector could log in there is nothing to judge: every reason at once, exit 2. */
export async function* enumerate(
  run: Run,
  options: CollectOptions & GlobalOptions,
  host: Host,
  more: Options = {},
): AsyncGenerator<Collected> {
  const progress = openProgress(options, host);
  const failed = new Map<string, unknown>();
  try {
    yield* collect(run.targets, {
      onLacking: (connector, scope, permissions) => {
        progress.note(`${connector} ${scope}: ${lackingText(connector, permissions)}`);
      },
      ...more,
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
      onPlace: progress.onPlace,
      onCoverage: progress.onCoverage,
      onFailed(connector, error) {
        failed.set(connector, error);
      },
    });
  } finally {
    progress.end();
  }
  if (failed.size === run.targets.length && !run.signal.aborted) throw allFailed(run, failed);
  for (const [connector, error] of failed)
    progress.note(`${connector} was not looked at: ${error instanceof Error ? error.message : String(error)}`);
}

export function lackingText(connector: string, permissions: readonly string[]): string {
  return `the login lacks ${permissions.join(', ')} (overdue permissions ${connector})`;
}

function allFailed(run: Run, failed: ReadonlyMap<string, unknown>): OperatorError {
  const mistakes = run.connectors.flatMap((connector) => {
    const error = failed.get(connector.id);
    if (error instanceof OperatorError)
      return error.mistakes.map((mistake) => ({ ...mistake, message: `${connector.id}: ${mistake.message}` }));
    const refusal = connector.classify(error);
    return [
      {
        message: `${connector.id}: ${refusal?.detail ?? String(error)}`,
        hint: `overdue doctor --connector ${connector.id} tries each step`,
      },
    ];
  });
  return new OperatorError('every-connector-failed', mistakes);
}
