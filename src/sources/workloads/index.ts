import { OperatorError } from '../../model/operator-error.ts';
import type { WorkloadFormatId, WorkloadSettings } from '../settings.ts';
import type { SourceText } from '../source-text.ts';
import { backstage } from './backstage.ts';
import type { Registry, WorkloadFormat } from './format.ts';
import { opslevel } from './opslevel.ts';
import { servicenow } from './servicenow.ts';
import { yaml } from './yaml.ts';

export const workloadFormats = { backstage, opslevel, servicenow, yaml } as const satisfies Readonly<
  Record<WorkloadFormatId, WorkloadFormat>
>;

/** Reads the registry of workloads. `now` in milliseconds. Throws OperatorError with every entry that cannot be read. */
export function readWorkloads(
  files: readonly SourceText[],
  settings: Partial<Pick<WorkloadSettings, 'format'>> & Pick<WorkloadSettings, 'complete' | 'maxAge' | 'columns'>,
  now: number,
): Registry {
  const format: WorkloadFormat = workloadFormats[settings.format ?? 'backstage'];
  if (settings.columns && format !== servicenow) {
    throw new OperatorError('source-invalid', {
      message: `${format.title}: it has no columns to map`,
      hint: 'leave out sources.workloads.columns, or name another format',
      position: { file: files[0]?.file ?? '' },
    });
  }
  return format.read(files, settings, now);
}
