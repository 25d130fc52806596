export type SharedPages<T> = AsyncIterable<T> & {
  /** Asks for the first pages, so that they are there when somebody comes to read. */
  begin(): void;
};

/**
 * Lets several readers walk the same pages from the start; each page is asked for once. `ahead`: pages asked for before somebody reads
 * them, where each names the next one and waiting for a reader would cost a round trip each time. That takes a source that answers
 * its calls in turn, as a generator does.
 */
export function sharedPages<T>(source: AsyncIterator<T, undefined>, ahead = 0): SharedPages<T> {
  const steps: Promise<IteratorResult<T, undefined>>[] = [];

  function stepAt(index: number): Promise<IteratorResult<T, undefined>> | undefined {
    while (steps.length <= index + ahead) {
      const step = source.next();
      // A refusal is thrown to each reader when he gets there.
      step.catch(() => undefined);
      steps.push(step);
    }
    return steps[index];
  }

  return {
    begin: () => void stepAt(0),
    async *[Symbol.asyncIterator]() {
      for (let index = 0; ; index += 1) {
        const step = await stepAt(index);
        if (step === undefined || step.done === true) return;
        yield step.value;
      }
    },
  };
}
