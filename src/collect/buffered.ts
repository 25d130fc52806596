import type { Shelf } from './shelf.ts';

/** What a reader may have ahead even when the shelf is full, so that the one whose turn it is never waits for those after it. */
const own = 16;

/**
 * Runs a generator ahead of its reader as far as the shelf has room, then lets it wait. Work goes on in parallel while the reader is
 * still busy with what comes before it. An error reaches the reader in its turn. `onEnd`: nothing more will be read.
 */
export function buffered<T>(source: AsyncIterable<T>, shelf: Shelf, onEnd: () => void = () => undefined): AsyncIterable<T> {
  const values: T[] = [];
  let ended: { readonly error?: unknown } | undefined;
  let wakeReader = (): void => undefined;
  let wakeWriter = (): void => undefined;

  function room(): Promise<void> {
    return new Promise((resolve) => {
      const forget = shelf.waitForRoom(resolve);
      wakeWriter = () => {
        forget();
        resolve();
      };
    });
  }

  async function pump(): Promise<void> {
    try {
      for await (const value of source) {
        values.push(value);
        shelf.put();
        wakeReader();
        while (values.length >= own && shelf.isFull()) await room();
      }
      ended = {};
    } catch (error) {
      ended = { error };
    }
    onEnd();
    wakeReader();
  }
  void pump();

  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const value = values.shift();
        if (value !== undefined) {
          shelf.take();
          if (values.length < own) wakeWriter();
          yield value;
        } else if (ended) {
          if ('error' in ended) throw ended.error;
          return;
        } else await new Promise<void>((resolve) => (wakeReader = resolve));
      }
    },
  };
}
