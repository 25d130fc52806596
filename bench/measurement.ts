/** One line of a benchmark's report. */
export type Measurement = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it should be, and whether it is; left out where the number is only to be known. */
  readonly aim?: { readonly text: string; readonly met: boolean };
};

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
