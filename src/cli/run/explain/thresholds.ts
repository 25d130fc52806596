import type { Threshold } from '../../../policy/origins.ts';
import type { Row } from './section.ts';

/** What is asked, with which value, and where that value was set. */
export function thresholdRows(thresholds: readonly Threshold[]): readonly Row[] {
  return thresholds.map(({ path, value, parameter, setAt }) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [path, `${text}${parameter === undefined ? '' : ` ($${parameter})`}, set at ${setAt}`];
  });
}
