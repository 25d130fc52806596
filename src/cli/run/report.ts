import { OperatorError } from '../../model/operator-error.ts';
import type { Result } from '../../model/result.ts';
import { type Format, formats, reporters } from '../../report/index.ts';
import type { Host } from '../host.ts';
import type { GlobalOptions, ReportOptions } from '../options.ts';
import { renderOptions } from '../render-options.ts';
import { writeOutput } from '../write-output.ts';

/** Writes the result in its format. The format never changes the exit code. */
export async function report(result: Result, options: ReportOptions & GlobalOptions, host: Host): Promise<void> {
  const reporter = await reporters[formatOf(options)]();
  await writeOutput(reporter.render(result, renderOptions(options, host)), options.output, host);
  if (options.output !== undefined && options.output !== '-' && options.quiet !== true) {
    await host.stderr.write(`${options.output} written; exit ${String(result.exit.code)}: ${result.exit.reasons.join('; ')}\n`);
  }
}

/** Checked before anything is collected: a wrong ending must not cost a whole scan. */
export function formatOf({ format, output }: ReportOptions): Format {
  if (format !== undefined) return format;
  if (output === undefined || output === '-') return 'table';
  const ending = output.split('.').at(-1) ?? '';
  if (ending === 'txt') return 'table';
  const found = formats.find((each) => each === ending);
  if (!found)
    throw new OperatorError('usage', {
      message: `no format is known by the ending of ${output}`,
      hint: `give --format: ${formats.join(', ')}`,
    });
  return found;
}
