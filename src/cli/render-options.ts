import type { RenderOptions } from '../report/reporter.ts';
import { colorLevel } from './color.ts';
import type { Host } from './host.ts';
import type { GlobalOptions } from './options.ts';

type Choice = Pick<GlobalOptions, 'color'> & { readonly limit: number; readonly showSuppressed?: true; readonly output?: string };

/** How to draw: a file gets no colour unless it is asked for, and a width that does not depend on the terminal. */
export function renderOptions({ color, limit, showSuppressed, output }: Choice, host: Host): RenderOptions {
  const toFile = output !== undefined && output !== '-';
  const choice = color === false ? 'never' : color === true ? 'auto' : color;
  const target = toFile ? { ...host.stdout, isTTY: false } : host.stdout;
  return {
    colorLevel: colorLevel(target, choice, host.env),
    width: !toFile && host.stdout.isTTY ? Math.max(60, Math.min(host.stdout.columns, 180)) : 120,
    limit,
    showSuppressed: showSuppressed === true,
  };
}
