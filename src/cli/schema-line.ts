import { dirname, relative, sep } from 'node:path';
import type { Host } from './host.ts';

/**
 * The comment that tells an editor which schema a file follows, by default that of policies. The schema is that of the installed package where the file can
 * name it without naming this machine; else a `copy` below the working directory, which `overdue policy schema` prints.
 */
export function schemaLine(
  target: string,
  { cwd, packageRoot }: Pick<Host, 'cwd' | 'packageRoot'>,
  { name = 'policy.schema.json', folder = '' }: { readonly name?: string; readonly folder?: string } = {},
): { readonly line: string; readonly copy?: string } {
  const isInside = !relative(cwd, packageRoot).startsWith('..');
  const path = relative(dirname(target), isInside ? `${packageRoot}/schemas/${name}` : `${cwd}/${folder}${name}`);
  const posix = path.split(sep).join('/');
  const line = `# yaml-language-server: $schema=${posix.startsWith('.') ? posix : `./${posix}`}\n`;
  return isInside ? { line } : { line, copy: `${folder}${name}` };
}
