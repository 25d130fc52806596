import { OperatorError } from '../../src/model/operator-error.ts';

/** What the operator is told: the code, then one line for each mistake. */
export function mistakesOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [
      error.code,
      ...error.mistakes.map(({ message, hint, position }) => `${place(position)}: ${message}${hint === undefined ? '' : ` (${hint})`}`),
    ].join('\n');
  }
  return 'no mistake';
}

function place(position: { readonly file: string; readonly line?: number; readonly column?: number } | undefined): string {
  return [position?.file, position?.line, position?.column].filter((part) => part !== undefined).join(':');
}
