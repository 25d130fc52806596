import { why } from './why.ts';
import type { Words } from './words.ts';

/** Of what was not looked at. */
export const ofCoverage: Words<'not-seen'> = {
  'not-seen': ({ state, why: reason, requires, detail }) =>
    `${state}: ${detail ?? why(reason)}${requires.length === 0 ? '' : `; it takes ${requires.join(', ')}`}`,
};
