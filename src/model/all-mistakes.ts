import { type Mistake, OperatorError } from './operator-error.ts';

/** Does it with each, and throws the mistakes of all as one OperatorError; any other error passes at once. */
export function eachOrMistakes<In, Out>(list: readonly In[], run: (each: In) => Out): readonly Out[] {
  const done: Out[] = [];
  const errors: OperatorError[] = [];
  for (const each of list) {
    try {
      done.push(run(each));
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      errors.push(error);
    }
  }
  throwAll(errors);
  return done;
}

/** Waits for all, and throws the mistakes of all as one OperatorError; any other error comes before them. */
export async function allOrMistakes<T extends readonly unknown[]>(promises: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const errors: OperatorError[] = [];
  for (const each of await Promise.allSettled(promises)) {
    if (each.status === 'fulfilled') continue;
    if (!(each.reason instanceof OperatorError)) throw each.reason;
    errors.push(each.reason);
  }
  throwAll(errors);
  return Promise.all(promises);
}

function throwAll([first, ...more]: readonly OperatorError[]): void {
  if (!first) return;
  if (more.length === 0) throw first;
  throw new OperatorError(
    first.code,
    [first, ...more].flatMap(({ code, mistakes }) => mistakes.map((each): Mistake => (code === first.code ? each : { code, ...each }))),
  );
}
