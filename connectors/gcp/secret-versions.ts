import { required, time } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, absent, known } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { type Json, namesIn, textIn } from './answer.ts';

/** The versions of a secret whose values can be read; disabled and destroyed ones open nothing. */
export type Versions = {
  readonly count: number;
  readonly newestAt: Instant;
  /** Number of the newest one. */
  readonly newest: string;
};

/** Absent where no version can be read. Numbers rise, and times may come in any order. */
export async function readVersions(pages: AsyncIterable<readonly Json[]>): Promise<Fact<Versions>> {
  const versions: { readonly number: string; readonly at: Instant }[] = [];
  for await (const page of pages) {
    for (const version of page) {
      const made = time(textIn(version, 'createTime'));
      if (made.state !== 'known') throw new MalformedError('a version without the time it was made');
      versions.push({ number: required(textIn(version, 'name'), 'name').replace(/.*\//, ''), at: made.value });
    }
  }
  const newest = versions.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  return newest === undefined ? absent() : known({ count: versions.length, newestAt: newest.at, newest: newest.number });
}

/**
 * Names that stand for a version. One that stays behind the newest keeps its readers on an older value: the secret was renewed, and they
 * were not.
 */
export function aliasesOf(secret: Json, versions: Fact<Versions>): { readonly aliases?: string; readonly behind?: string } {
  // Numbers of 64 bits are texts in JSON.
  const aliases = Object.entries(namesIn(secret, 'versionAliases')).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const behind = versions.state === 'known' ? aliases.filter(([, number]) => number !== versions.value.newest) : [];
  return {
    ...(aliases.length === 0 ? {} : { aliases: aliases.map(shown).join(' ') }),
    ...(behind.length === 0 ? {} : { behind: behind.map(shown).join(' ') }),
  };
}

function shown([alias, number]: readonly [string, string]): string {
  return `${alias}=${number}`;
}
