import type { Words } from './words.ts';

/** Of what it can do. */
export const ofReach: Words<'privilege-above' | 'privilege-drift'> = {
  'privilege-above': ({ observed, limit, because }) => `reaches ${observed}${shown(because)}, limit ${limit}`,
  'privilege-drift': ({ observed, declared, because }) => `reaches ${observed}${shown(because)}, declared ${declared}`,
};

function shown(because: readonly string[]): string {
  return because.length === 0 ? '' : ` (${because.join(', ')})`;
}
