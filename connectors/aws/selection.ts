import type { Selection } from './settings.ts';
import { covers } from './wildcard.ts';

/** What an account can be chosen by. Its units and tags cost calls, so they are asked for only where they decide. */
export type Candidate = {
  readonly id: string;
  readonly name: string;
  /** Ids of the units above it, up to the root. */
  units(): Promise<readonly string[]>;
  tags(): Promise<Readonly<Record<string, string>>>;
};

/** Whether any part of the selection names the account. Throws the refusal where that could not be learned. */
export async function isNamed({ ids = [], names = [], ous, tags }: Selection, account: Candidate): Promise<boolean> {
  if (ids.includes(account.id)) return true;
  if (names.some((pattern) => isLike(pattern, account.name))) return true;
  if (ous && (await account.units()).some((unit) => ous.includes(unit))) return true;
  return tags !== undefined && hasTags(await account.tags(), tags);
}

function hasTags(own: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, pattern]) => Object.hasOwn(own, key) && isLike(pattern, own[key] ?? ''));
}

function isLike(pattern: string, text: string): boolean {
  return covers(pattern.toLowerCase(), text.toLowerCase());
}
