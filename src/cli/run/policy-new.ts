import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { didYouMean } from '../../document/suggest.ts';
import type { Severity } from '../../model/finding.ts';
import { OperatorError } from '../../model/operator-error.ts';
import { idPattern } from '../../policy/schema.ts';
import type { Host } from '../host.ts';
import { shippedFolder, shippedPolicies } from '../shipped-files.ts';
import { schemaLine } from '../schema-line.ts';

type Options = { readonly title: string; readonly severity: Severity; readonly from: string; readonly output?: string };

/** Writes a policy of one's own that starts as a shipped one, so that its examples run from the first minute. */
export async function runPolicyNew(
  id: string,
  { title, severity, from, output = `policies/${id}.yaml` }: Options,
  host: Host,
): Promise<number> {
  const shipped = (await shippedPolicies(host)).map(({ file, text }) => ({ id: file.slice(shippedFolder.length, -'.yaml'.length), text }));
  const names = shipped.map((each) => each.id).filter((each) => !each.startsWith('sets/'));
  complainOfId(id, names);
  const source = shipped.find((each) => each.id === from);
  if (!source || !names.includes(from))
    throw new OperatorError('usage', { message: `no shipped policy ${from} to start from`, hint: didYouMean(from, names) });

  const target = resolve(host.cwd, output);
  const { line, copy } = schemaLine(target, host);
  await writeNew(target, output, `${line}${derived(source.text, { id, title, severity })}`);
  const shown = relative(host.cwd, target);
  const forEditor = copy === undefined ? '' : `  overdue policy schema > ${copy}    # once, for your editor\n`;
  await host.stdout.write(
    [
      `${shown}\n\nIt demands what ${from} does: say in match and assert what yours demands, in why and fix what people will read.\n\n`,
      `${forEditor}  overdue policy validate ${shown}\n  overdue policy test --coverage ${shown}\n\n`,
      'Then name it under `policies` in overdue.yaml.\n',
    ].join(''),
  );
  return 0;
}

function complainOfId(id: string, shipped: readonly string[]): void {
  if (!new RegExp(idPattern).test(id) || !id.includes('/'))
    throw new OperatorError('usage', {
      message: `${id} is no id for a policy`,
      hint: 'two lower-case words or more, such as acme/deploy-keys-are-used',
    });
  if (shipped.includes(id))
    throw new OperatorError('usage', {
      message: `${id} is a shipped policy`,
      hint: 'change it in a policy set of yours that extends builtin:baseline, or choose another id',
    });
}

const left = new Set(['id', 'title', 'status', 'severity', 'severityWhen', 'mapsTo', 'references']);

/**
 * The shipped text itself, part by part, so that its layout and comments stay. Citations are left out: whether the new one fulfils what
 * the old one did, nobody has looked at. So are severities: the new one has its own.
 */
function derived(
  text: string,
  { id, title, severity }: { readonly id: string; readonly title: string; readonly severity: Severity },
): string {
  const parts = text.split(/^(?=\w)/m).filter((part) => /^\w/.test(part));
  const named = (name: string) => parts.filter((part) => part.startsWith(`${name}:`)).join('');
  const rest = parts.filter((part) => !left.has(part.slice(0, part.indexOf(':'))) && !/^(?:apiVersion|kind|params|examples):/.test(part));
  const examples = named('examples').replaceAll(/, severity: \w+(?= \})|^ +severity: \w+\n/gm, '');
  const head = stringify({ id, title, status: 'experimental' });
  return [named('apiVersion'), named('kind'), head, named('params'), `severity: ${severity}\n`, ...rest, examples].join('');
}

async function writeNew(target: string, named: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'EEXIST')
      throw new OperatorError('output-unwritable', {
        message: `${named} is already there`,
        hint: 'choose another id, or name a file with --output',
      });
    throw new OperatorError('output-unwritable', {
      message: `cannot write ${named} (${String(error.code)})`,
      hint: 'name a file in a folder that can be written with --output',
    });
  }
}
