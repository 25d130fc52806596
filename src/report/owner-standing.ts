import type { Interim, ResolvedOwner } from '../model/subject.ts';
import { why } from './wording/why.ts';
import { date } from './wording/words.ts';

/** What the sources say of an owner, with the line that says so: `terminated since 2026-08-14 (people.csv:4)`. */
export function standingText({ state, status, since, source, interim, why: doubt }: ResolvedOwner): string {
  const place = source === undefined ? '' : ` (${source})`;
  switch (state) {
    case 'active':
      return `active${place}`;
    case 'inactive':
      return `${status ?? 'inactive'}${since === undefined ? '' : ` since ${date(since)}`}${place}${interim ? `; for now ${interimText(interim)}` : ''}`;
    case 'empty':
      return `no active member${place}`;
    case 'gone':
      return `nobody of that name${source === undefined ? '' : ` in ${source}, which lists everyone`}`;
    case 'unconfirmed':
      return doubt?.detail ?? (doubt ? why(doubt.why) : 'not confirmed');
  }
}

/** `the manager priya.nair@larkspur.example (people.csv:3)` */
export function interimText({ name, source }: Interim): string {
  return `the manager ${name} (${source})`;
}
