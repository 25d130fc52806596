import { noAmbientClock } from './no-ambient-clock.ts';
import { noDoubleCast } from './no-double-cast.ts';
import { noSwallowingCatch } from './no-swallowing-catch.ts';
import type { Rule } from './rule.ts';

export const rules: Readonly<Record<string, Rule>> = {
  'no-ambient-clock': noAmbientClock,
  'no-double-cast': noDoubleCast,
  'no-swallowing-catch': noSwallowingCatch,
};

export default { meta: { name: 'house' }, rules };
