/** Iterates until the signal aborts, also when the source itself hangs and hears nothing. */
export async function* abortable<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await orAbort(iterator.next(), signal);
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    // Not awaited: a source that hangs would hold up the end of the run.
    void iterator.return?.()?.catch(() => undefined);
  }
}

/** The promise's outcome, or the abort if that comes first. */
export async function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // After the abort nobody waits for it, and how it ends must not count as unhandled.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    aborted.reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
