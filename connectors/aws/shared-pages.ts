export type SharedPages<T> = AsyncIterable<T> & {
  /** Asks for the first pages, so that they are there when somebody comes to read. */
  begin(): void;
};

/** Pages asked for before somebody reads them: each names the next one, so that waiting for a reader would cost a round trip each time. */
const ahead = 20;

/** Lets several readers walk the same pages from the start; each page is asked for once. A generator takes its turns one by one. */
export function sharedPages<T>(source: AsyncGenerator<T, undefined>): SharedPages<T> {
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
