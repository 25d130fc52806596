import type { Relaxation } from '../../model/relaxation.ts';
import type { GivenRelaxation } from '../example.ts';

/** The change that an example gives. */
export function relaxationOf({ relaxation }: GivenRelaxation): Relaxation {
  return { what: relaxation, of: 'rotation/long-lived-credential', from: 'before', to: 'after', source: 'example' };
}
