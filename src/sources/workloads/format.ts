import type { Sources } from '../../model/source.ts';
import type { WorkloadSettings } from '../settings.ts';
import type { SourceText } from '../source-text.ts';

/** How one registry writes down what runs, and who answers for it. */
export type WorkloadFormat = {
  readonly title: string;
  /** `now` in milliseconds. Throws OperatorError with every entry that cannot be read. */
  readonly read: (
    files: readonly SourceText[],
    settings: Pick<WorkloadSettings, 'complete' | 'maxAge' | 'columns'>,
    now: number,
  ) => Registry;
};
export type Registry = NonNullable<Sources['workloads']>;
