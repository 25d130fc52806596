import { printable } from '../../model/printable.ts';
import { grid } from '../../report/grid.ts';
import type { Host } from '../host.ts';
import type { GlobalOptions, JudgeOptions } from '../options.ts';
import { renderOptions } from '../render-options.ts';
import { openPolicies } from './policy-set.ts';

type Options = JudgeOptions & GlobalOptions & { readonly format: 'table' | 'json' };

export async function runPolicyList(options: Options, host: Host): Promise<number> {
  const { policies, parameters } = await openPolicies(options, host);
  if (options.format === 'json') {
    const list = policies.map(({ id, title, severity, status, subject, disabled, source }) => ({
      id,
      title,
      severity,
      status,
      subject,
      disabled,
      source,
    }));
    await host.stdout.write(
      `${JSON.stringify({ policies: list, parameters: parameters.map(({ name, type, value }) => ({ name, type, value })) }, undefined, 2)}\n`,
    );
    return 0;
  }
  const { width } = renderOptions({ ...options, limit: policies.length }, host);
  const rows = policies.map(({ id, severity, subject, title, disabled }) => [
    printable(id),
    disabled ? 'disabled' : severity,
    subject,
    printable(title),
  ]);
  await host.stdout.write(grid(['Policy', 'Severity', 'Subject', 'Demands'], rows, width));
  const values = parameters.map(({ name, value, description }) => [name, String(value), printable(description ?? '')]);
  await host.stdout.write(values.length === 0 ? '' : grid(['Parameter', 'Value', 'Meaning'], values, width));
  return 0;
}
