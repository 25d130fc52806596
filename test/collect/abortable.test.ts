import process from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { abortable } from '../../src/collect/abortable.ts';

test('a source that fails after the abort has failed for nobody', async () => {
  const stop = new AbortController();
  async function* source(): AsyncGenerator<number> {
    yield 1;
    stop.abort(new Error('time is up'));
    yield 2;
    throw await Promise.resolve(new Error('nobody waits for this'));
  }
  const unhandled: unknown[] = [];
  const listen = (error: unknown): void => {
    unhandled.push(error);
  };
  process.on('unhandledRejection', listen);
  const read: number[] = [];
  await expect(async () => {
    for await (const value of abortable(source(), stop.signal)) read.push(value);
  }).rejects.toThrow('time is up');
  await nextTurn();
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
  expect(read[0]).toBe(1);
});
