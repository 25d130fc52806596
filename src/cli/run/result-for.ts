import { OperatorError } from '../../model/operator-error.ts';
import type { Result } from '../../model/result.ts';
import { loadConfig } from '../config/load.ts';
import type { Host } from '../host.ts';
import type { CacheOptions, GateOptions, GlobalOptions, JudgeOptions } from '../options.ts';
import { savedEvidence } from './evidence.ts';
import { judged } from './judge.ts';
import { loadConnectors } from './open-run.ts';
import { readResult } from './read-result.ts';

export type ResultOptions = JudgeOptions &
  GateOptions &
  CacheOptions &
  GlobalOptions & {
    /** A result saved as JSON. */
    readonly result?: string;
    /** An inventory, to be judged now. */
    readonly inventory?: string;
  };

/** A result to look things up in: a saved one, or that of judging a saved inventory. */
export async function resultFor(options: ResultOptions, host: Host): Promise<Result> {
  const { result, inventory } = options;
  if (result !== undefined) return readResult(result, host);
  if (inventory !== undefined) return judgedInventory(inventory, options, host);
  throw new OperatorError('usage', {
    message: 'no result to look in',
    hint: 'give --result FILE (written by scan -o result.json), or --inventory FILE (written by collect)',
  });
}

async function judgedInventory(path: string, options: ResultOptions, host: Host): Promise<Result> {
  const found = await loadConfig(options, host, await loadConnectors(host));
  return judged(await savedEvidence(path, options, found, host), found, options, { host });
}
