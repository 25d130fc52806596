import { type Fact, absent, known } from '../../src/model/fact.ts';

/** What a description says; an empty one says nothing. */
export function purposeOf(description: string | undefined): Fact<string> {
  return description === undefined || description.trim() === '' ? absent() : known(description);
}
