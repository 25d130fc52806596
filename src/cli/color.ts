import type { Host, Output } from './host.ts';

export type ColorChoice = 'auto' | 'always' | 'never';
export type ColorLevel = 0 | 1 | 2 | 3;

/**
 * The one colour decision for every library: flag, then NO_COLOR, then FORCE_COLOR, then a dumb terminal or a pipe.
 * Chalk and cli-table3 decide on their own otherwise, and neither honours NO_COLOR (https://no-color.org).
 */
export function colorLevel(output: Output, choice: ColorChoice, env: Host['env']): ColorLevel {
  const best = env['COLORTERM'] === 'truecolor' ? 3 : env['TERM']?.includes('256') === true ? 2 : 1;
  if (choice !== 'auto') return choice === 'always' ? best : 0;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forcedLevel(forced, best);
  if (env['TERM'] === 'dumb' || !output.isTTY) return 0;
  return best;
}

function forcedLevel(value: string, best: ColorLevel): ColorLevel {
  if (value === '0' || value === 'false') return 0;
  if (value === '1') return 1;
  if (value === '2') return 2;
  return value === '3' ? 3 : best;
}
