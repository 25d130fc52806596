/** Lets a number of things go on at once; who comes next waits until one of them has ended. */
export type Turns = { take(): Promise<void>; giveBack(): void };

export function openTurns(number: number): Turns {
  const waiting: (() => void)[] = [];
  let free = number;
  return {
    async take() {
      if (free > 0) {
        free -= 1;
        return;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    giveBack() {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
