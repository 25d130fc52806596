import { codeownerRef, wholeRule } from '../../src/model/codeowners.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import type { Unsure } from './field.ts';

/** A file as GraphQL gives it; null where there is none at that path. */
export type File = { text: string; isTruncated: boolean };

/** The first of the places that has one counts, as on GitHub. */
export function fileOf(places: readonly (Unsure<File> | null | undefined)[]): Fact<string> {
  for (const file of places) {
    if (file === null) continue;
    // A folder of that name is no Blob, and comes without text.
    if (typeof file?.text !== 'string' || file.isTruncated === true)
      return unknown('malformed-response', 'CODEOWNERS could not be read whole');
    return known(file.text);
  }
  return absent();
}

/** Who answers for the whole repository. */
export function ownersIn(codeowners: string): readonly OwnerClaim[] {
  const refs = wholeRule(codeowners)?.owners.flatMap((owner) => codeownerRef(owner) ?? []);
  return [...new Set(refs)].map((ref) => ({ role: 'technical', ref, by: 'CODEOWNERS' }));
}
