import { day } from '../../../model/duration.ts';
import { epoch } from '../../../model/instant.ts';
import type { Result } from '../../../model/result.ts';
import type { Waiver, WaiverState } from '../../../model/waiver.ts';
import { loadWaivers } from '../../../waivers/load.ts';
import { openBook } from '../../../waivers/book.ts';
import type { Desk } from './desk.ts';

/** Where a waiver stands today. `in force`: it counts; whether it covers anything only a result tells. */
export type Standing = {
  readonly waiver: Waiver;
  readonly state: WaiverState['state'] | 'in force';
  readonly problem?: string;
  /** Whole days, negative once it has run out. */
  readonly daysLeft: number;
};

export function standings({ sheets, context }: Desk, result: Result | undefined): readonly Standing[] {
  const told = new Map(result?.waivers.map(({ id, state }) => [id, state]));
  // Without evidence the book knows what counts, and nothing of what is covered.
  const states = openBook(loadWaivers(sheets), context).states(() => undefined);
  return states.map((each): Standing => {
    const { waiver } = each;
    const daysLeft = Math.floor((epoch(waiver.expires) - context.now) / day);
    if (each.state === 'invalid') return { waiver, state: 'invalid', problem: each.problem, daysLeft };
    const state = each.state === 'expired' || each.state === 'not-in-force' ? each.state : told.get(waiver.id);
    // Whether it counts is told by the rules of today, whatever they were when the result was made.
    const isOutdated = state === 'invalid' || ((state === 'expired' || state === 'not-in-force') && each.state !== state);
    return { waiver, state: state === undefined || isOutdated ? 'in force' : state, daysLeft };
  });
}
