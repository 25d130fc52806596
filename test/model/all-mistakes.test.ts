import { describe, expect, test } from 'vitest';
import { allOrMistakes, eachOrMistakes } from '../../src/model/all-mistakes.ts';
import { OperatorError } from '../../src/model/operator-error.ts';

const wrong = (code: string, ...messages: readonly string[]): OperatorError =>
  new OperatorError(
    code,
    messages.map((message) => ({ message })),
  );
const told = (error: unknown): unknown =>
  error instanceof OperatorError ? [error.code, ...error.mistakes.map(({ message, code = error.code }) => `${code} ${message}`)] : error;
const bug = new TypeError('ours');

describe('what is done with each', () => {
  const run = (each: number | Error): number => {
    if (each instanceof Error) throw each;
    return each * 2;
  };
  const outcome = (list: readonly (number | Error)[]): unknown => {
    try {
      return eachOrMistakes(list, run);
    } catch (error) {
      return told(error);
    }
  };

  test.each<[string, readonly (number | Error)[], unknown]>([
    ['is given in order', [1, 2], [2, 4]],
    ['tells every mistake, with the first code', [wrong('a', 'x', 'y'), 1, wrong('b', 'z')], ['a', 'a x', 'a y', 'b z']],
    ['leaves a bug alone', [wrong('a', 'x'), bug], bug],
    ['may be nothing', [], []],
  ])('%s', (_, list, expected) => {
    expect(outcome(list)).toEqual(expected);
  });
});

describe('what is waited for', () => {
  const outcome = (list: readonly (number | Error)[]): Promise<unknown> =>
    allOrMistakes(list.map((each) => (each instanceof Error ? Promise.reject(each) : Promise.resolve(each)))).catch(told);

  test.each<[string, readonly (number | Error)[], unknown]>([
    ['is given in order', [1, 2], [1, 2]],
    ['tells every mistake, with the first code', [wrong('a', 'x'), 1, wrong('b', 'z')], ['a', 'a x', 'b z']],
    ['leaves a bug alone', [wrong('a', 'x'), bug], bug],
  ])('%s', async (_, list, expected) => {
    expect(await outcome(list)).toEqual(expected);
  });
});
