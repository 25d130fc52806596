export type SharedPages<T> = AsyncIterable<T> & {
  /** Asks for the first page, so that it is there when somebody comes to read. */
  begin(): void;
};

/** Lets several readers walk the same pages from the start; each page is asked for once, while the one before it is being read. */
export function sharedPages<T>(source: AsyncIterator<T, undefined>): SharedPages<T> {
  const steps: Promise<IteratorResult<T, undefined>>[] = [];

  function ask(index: number): Promise<IteratorResult<T, undefined>> {
    const step = (steps[index] ??= source.next());
    // Each reader throws a refusal himself when he gets there.
    step.catch(() => undefined);
    return step;
  }

  return {
    begin: () => void ask(0),
    async *[Symbol.asyncIterator]() {
      for (let index = 0; ; index += 1) {
        const step = await ask(index);
        if (step.done === true) return;
        void ask(index + 1);
        yield step.value;
      }
    },
  };
}
