export const leftOut = 'left out';

/** A value as a message shows it: on one line, and not for ever. */
export function inShort(value: unknown): string {
  if (value === undefined) return leftOut;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** Whether two plain values say the same, in whatever order their keys stand. */
export function isSame(a: unknown, b: unknown): boolean {
  return inOrder(a) === inOrder(b);
}

export function mapOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function inOrder(value: unknown): string | undefined {
  return JSON.stringify(value, (_, each: unknown) => {
    const map = mapOf(each);
    return map ? Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each;
  });
}
