import { type Duration, milliseconds } from '../model/duration.ts';
import { type Instant, epoch } from '../model/instant.ts';
import type { Position } from '../model/operator-error.ts';
import { printable } from '../model/printable.ts';
import type { SourceInfo } from '../model/source.ts';

/** A source as read. `retrievedAt`: when the file was last changed, or the answer given, where that can be told. */
export type SourceText = {
  readonly file: string;
  readonly text: string;
  readonly retrievedAt?: Instant;
  /** Set for an answer of an endpoint, which has no lines: the number of its first entry among all, from 1. */
  readonly firstEntry?: number;
};

/** `people.csv:14`, `users.json:3:5`, `https://idp.example/Users#57`: where a row stands, for people and editors. */
export function sourceOf({ file, line, column }: Position): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** Text of a source inside a message: printable, short, in backquotes. */
export function quoted(text: string): string {
  return `\`${printable(text).slice(0, 60)}\``;
}

/** What is true of a source as a whole. The oldest of its files speaks for all; exactly at the limit is not yet stale. `now` in milliseconds. */
export function sourceInfo(
  files: readonly SourceText[],
  rows: number,
  { complete = false, maxAge }: { readonly complete?: boolean; readonly maxAge?: Duration },
  now: number,
): SourceInfo {
  const stale =
    maxAge === undefined ? undefined : files.map((each) => staleness(each, maxAge, now)).find((sentence) => sentence !== undefined);
  const dates = files.flatMap(({ retrievedAt }) => retrievedAt ?? []);
  const oldest = dates.length < files.length ? undefined : dates.toSorted((a, b) => epoch(a) - epoch(b))[0];
  return {
    file: named([...new Set(files.map(({ file }) => file))]),
    complete,
    rows,
    ...(oldest === undefined ? {} : { retrievedAt: oldest }),
    ...(stale === undefined ? {} : { stale }),
  };
}

/** A registry may be a file in each of many repositories, and its name stands in every sentence about it. */
function named(files: readonly string[]): string {
  const [first = '', ...more] = files;
  return files.length > 3 ? `${first} and ${String(more.length)} more files` : files.join(', ');
}

function staleness({ file, retrievedAt }: SourceText, maxAge: Duration, now: number): string | undefined {
  if (retrievedAt === undefined) return `nobody can say how old ${file} is, and only ${maxAge} are allowed`;
  if (now - epoch(retrievedAt) <= milliseconds(maxAge)) return undefined;
  return `${file} is of ${retrievedAt.slice(0, 10)}, older than ${maxAge}`;
}
