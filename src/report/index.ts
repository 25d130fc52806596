import type { Reporter } from './reporter.ts';

/** Every output format, loaded only when it is asked for. */
export const reporters = {
  table: async () => (await import('./table.ts')).table,
  json: async () => (await import('./json.ts')).json,
} satisfies Record<string, () => Promise<Reporter>>;

export type Format = keyof typeof reporters;
export const formats = Object.keys(reporters) as Format[];
