/** Lets several readers walk the same pages from the start; each page is asked for once, when its first reader gets there. */
export function sharedPages<T>(source: AsyncIterator<T, undefined>): AsyncIterable<T> {
  const steps: Promise<IteratorResult<T, undefined>>[] = [];
  return {
    async *[Symbol.asyncIterator]() {
      for (let index = 0; ; index += 1) {
        const step = await (steps[index] ??= source.next());
        if (step.done === true) return;
        yield step.value;
      }
    },
  };
}
