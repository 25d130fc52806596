/** How many requests of a budget may be under way at once, as the provider takes them. */
export type Width = {
  now(): number;
  /** Says in which time a request was sent: the many answers to one burst ask only once to slow down. */
  era(): number;
  slowDown(sentIn: number): void;
  answered(): void;
};

/**
 * Half as many when the provider asks to slow down, one more when as many as are allowed were answered: what every sender of the
 * internet does (RFC 5681), so that a scan finds the rate that an account allows, whatever else uses it up.
 */
export function openWidth(most: number): Width {
  let width = most;
  let era = 0;
  let answers = 0;
  return {
    now: () => width,
    era: () => era,
    slowDown(sentIn) {
      if (sentIn !== era) return;
      era += 1;
      answers = 0;
      width = Math.max(1, Math.floor(width / 2));
    },
    answered() {
      answers += 1;
      if (answers < width) return;
      answers = 0;
      width = Math.min(most, width + 1);
    },
  };
}
