import { type Fact, absent, known } from '../../src/model/fact.ts';
import { type Json, text } from './json.ts';

/** The free text that describes an application or service principal; null where nobody wrote one. */
export function purposeOf({ description }: Json): Fact<string> {
  const words = text(description);
  return words === undefined ? absent() : known(words);
}
