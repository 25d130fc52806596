import type { Outcome } from '../model/verdict.ts';
import type { Policy } from './policy.ts';
import type { PolicySubject } from './predicate.ts';

/** What the run itself knows: of that, nothing is unknown. */
const certain: ReadonlySet<PolicySubject> = new Set(['waiver', 'coverage', 'relaxation'] as const);

/** Outcomes that no example of a policy shows. What it says when a fact is missing is as much of it as what passes. */
export function outcomesNotShown({ subject, examples }: Pick<Policy, 'subject' | 'examples'>): readonly Outcome[] {
  const wanted: readonly Outcome[] = certain.has(subject) ? ['pass', 'fail'] : ['pass', 'fail', 'unknown'];
  return wanted.filter((outcome) => examples.every(({ expect }) => expect !== outcome));
}
