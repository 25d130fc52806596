import type { Missing } from '../../model/verdict.ts';

/**
 * Thrown where an expression reads a fact that nobody knows. Of CEL, `||` and `&&` decide without it where they can; everywhere else it makes the
 * whole expression unknown.
 */
export class UnknownFact extends Error {
  override readonly name = 'UnknownFact';
  readonly missing: Missing;

  constructor(missing: Missing) {
    super(`${missing.fact} is unknown`);
    this.missing = missing;
  }
}
