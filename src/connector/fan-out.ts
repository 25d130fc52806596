/**
 * Runs `task` over items with at most `width` under way, and yields results in the order of the items, so that output does not
 * depend on the network's mood. Looks at most `width` items ahead. The first rejection in order is thrown.
 */
export async function* fanOut<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  width: number,
  task: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const pending: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const running = task(item);
      running.catch(ignoreUntilAwaited);
      pending.push(running);
      if (pending.length >= width) yield await shift(pending);
    }
    while (pending.length > 0) yield await shift(pending);
  } finally {
    pending.length = 0;
  }
}

function shift<Result>(pending: Promise<Result>[]): Promise<Result> {
  const first = pending.shift();
  if (!first) throw new RangeError('nothing pending');
  return first;
}

// A later item may fail before its turn; its rejection is thrown when it is awaited, and must not count as unhandled until then.
function ignoreUntilAwaited(): void {
  return;
}
