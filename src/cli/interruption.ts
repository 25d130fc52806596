/** Why the run was stopped by a signal, and the exit code that goes with it: 130 for an interrupt, 143 for a termination. */
export class Interruption extends Error {
  override readonly name = 'AbortError';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}
