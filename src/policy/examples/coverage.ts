import type { Coverage } from '../../model/coverage.ts';
import type { GivenCoverage } from '../example.ts';

/** The place that an example gives, as it was looked at. */
export function coverageOf(given: GivenCoverage): Coverage {
  const { coverage: state, connector = 'aws', scope = 'account/111122223333', surface = 'aws.iam_user', requires = [] } = given;
  const place = { record: 'coverage', connector, scope, surface, count: 0 } as const;
  return state === 'complete' ? { ...place, state } : { ...place, state, reason: 'permission-denied', requires };
}
