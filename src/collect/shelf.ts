/** Room for what was read and not yet taken, shared by all that read ahead: however many they are, memory stays bounded. */
export type Shelf = {
  isFull(): boolean;
  put(): void;
  take(): void;
  /** `wake` is called once, when there is room again; the function that comes back takes the request away. */
  waitForRoom(wake: () => void): () => void;
};

export function openShelf(capacity: number): Shelf {
  const waiting = new Set<() => void>();
  let held = 0;
  return {
    isFull: () => held >= capacity,
    put() {
      held += 1;
    },
    take() {
      held -= 1;
      const [wake] = waiting;
      if (held >= capacity || !wake) return;
      waiting.delete(wake);
      wake();
    },
    waitForRoom(wake) {
      waiting.add(wake);
      return () => waiting.delete(wake);
    },
  };
}
