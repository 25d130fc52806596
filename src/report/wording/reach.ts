import type { Words } from './words.ts';

/** Of what it can do, and of what only an expression asks. */
export const ofReach: Words<'privilege-above' | 'privilege-drift' | 'expression-false'> = {
  'privilege-above': ({ observed, limit, because }) => `reaches ${observed}${shown(because)}, limit ${limit}`,
  'privilege-drift': ({ observed, declared, because }) => `reaches ${observed}${shown(because)}, declared ${declared}`,
  'expression-false': ({ expression }) => `it is not so that ${expression.replaceAll(/\s+/g, ' ').trim()}`,
};

function shown(because: readonly string[]): string {
  return because.length === 0 ? '' : ` (${because.join(', ')})`;
}
