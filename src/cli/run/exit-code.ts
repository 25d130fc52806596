import { Interruption } from '../interruption.ts';

/** The code of the run, unless the operator stopped it: then that of the signal, as shells expect. */
export function exitCode(signal: AbortSignal, code: number): number {
  return signal.reason instanceof Interruption ? signal.reason.exitCode : code;
}
