import { OperatorError } from '../../src/model/operator-error.ts';

/** What the operator sees of an error: place, message, hint and frame of each mistake. */
export function mistakesOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return error.mistakes
      .map(({ message, hint, position }) => {
        const place = [position?.file, position?.line, position?.column].filter((part) => part !== undefined).join(':');
        return [`${place === '' ? '' : `${place} `}${message}${hint === undefined ? '' : ` (${hint})`}`, position?.frame]
          .filter(Boolean)
          .join('\n');
      })
      .join('\n');
  }
  throw new Error('nothing was wrong');
}
