import type { Reason } from '../../model/reason.ts';

/** A sentence for each of these codes. */
export type Words<C extends Reason['code']> = { readonly [K in C]: (reason: Extract<Reason, { readonly code: K }>) => string };

export function date(at: string): string {
  return at.slice(0, 10);
}
