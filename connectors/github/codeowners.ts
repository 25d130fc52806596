// https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
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

const everything = new Set(['*', '**', '/**', '/**/*']);

/** Who answers for the whole repository: the last rule for everything. Rules for a part of it say nothing of its keys and secrets. */
export function ownersIn(codeowners: string): readonly OwnerClaim[] {
  const rules = codeowners.split(/\r?\n/).map((line) =>
    line
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/),
  );
  const [, ...owners] = rules.findLast(([pattern = '']) => everything.has(pattern)) ?? [];
  return [...new Set(owners.flatMap(refOf))].map((ref) => ({ role: 'technical', ref, by: 'CODEOWNERS' }));
}

/** `@login`, `@organization/team` or an e-mail address. A team is held against the group of the same name in the registry. */
function refOf(owner: string): readonly string[] {
  const [, login, team] = /^@([\w-]+)(?:\/([\w.-]+))?$/.exec(owner) ?? [];
  if (team !== undefined) return [`group:${team}`];
  if (login !== undefined) return [login];
  return /^[^\s@]+@[^\s@]+$/.test(owner) ? [owner] : [];
}
