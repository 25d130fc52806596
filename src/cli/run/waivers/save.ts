import { lineDiff } from '../../../report/line-diff.ts';
import type { Host } from '../../host.ts';
import { replaceFile } from '../../replace-file.ts';
import type { WaiverSheet } from './desk.ts';

/** Writes the new text of a waiver file, or with `dryRun` only shows what would change. */
export async function save(
  { path, file, text }: WaiverSheet,
  before: string | undefined,
  { dryRun }: { readonly dryRun?: true },
  host: Host,
): Promise<void> {
  if (dryRun === true) await host.stdout.write(`${file}\n${lineDiff(before ?? '', text)}`);
  else await replaceFile(path, before, text);
}
