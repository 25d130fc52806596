/**
 * Runs a generator ahead of its reader by at most `capacity` values, then lets it wait. Work goes on in parallel while the reader is
 * still busy with what comes before it; memory stays bounded. An error reaches the reader in its turn.
 */
export function buffered<T>(source: AsyncIterable<T>, capacity: number): AsyncIterable<T> {
  const values: T[] = [];
  let ended: { readonly error?: unknown } | undefined;
  let wakeReader = (): void => undefined;
  let wakeWriter = (): void => undefined;

  async function pump(): Promise<void> {
    try {
      for await (const value of source) {
        values.push(value);
        wakeReader();
        if (values.length >= capacity) await new Promise<void>((resolve) => (wakeWriter = resolve));
      }
      ended = {};
    } catch (error) {
      ended = { error };
    }
    wakeReader();
  }
  void pump();

  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const value = values.shift();
        if (value !== undefined) {
          wakeWriter();
          yield value;
        } else if (ended) {
          if ('error' in ended) throw ended.error;
          return;
        } else await new Promise<void>((resolve) => (wakeReader = resolve));
      }
    },
  };
}
