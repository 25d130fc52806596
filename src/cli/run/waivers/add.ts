import { resolve } from 'node:path';
import { epoch } from '../../../model/instant.ts';
import { OperatorError } from '../../../model/operator-error.ts';
import { printable } from '../../../model/printable.ts';
import { shellWord } from '../../../model/shell-word.ts';
import type { WaiverSubject } from '../../../model/waiver.ts';
import { newFile, withEntry } from '../../../waivers/edit/add.ts';
import { openPage } from '../../../waivers/edit/page.ts';
import { loadWaivers } from '../../../waivers/load.ts';
import type { WaiverEntry } from '../../../waivers/schema.ts';
import type { Host } from '../../host.ts';
import { schemaLine } from '../../schema-line.ts';
import { type Desk, type DeskOptions, type WaiverSheet, nameOf, openDesk, readSheet } from './desk.ts';
import { type ExpiryOptions, dayOf, lastDay } from './expiry.ts';
import { type TargetOptions, targetOf } from './target.ts';
import { mustCount } from './must-count.ts';
import { save } from './save.ts';

export type AddOptions = DeskOptions &
  ExpiryOptions &
  TargetOptions & {
    readonly reason: string;
    readonly requester: string;
    readonly approver: string;
    readonly granted?: string;
    readonly ticket?: string;
    readonly compensatingControl?: string;
    readonly id?: string;
    readonly file?: string;
    readonly dryRun?: true;
  };

/** Writes a waiver for a finding, or for a policy and subject. What a run would not count is refused. */
export async function runWaiversAdd(finding: string | undefined, options: AddOptions, host: Host): Promise<number> {
  const known = await openDesk(options, host);
  const target = await targetOf(finding, options, known.kinds, host);
  const path = fileFor(options, known, host);
  const isKnown = known.sheets.some((each) => each.path === path);
  const before = (await host.files.has(path)) ? await readSheet(path, host) : undefined;
  // A file that no run reads yet may hold waivers all the same.
  const desk = before === undefined || isKnown ? known : { ...known, sheets: [...known.sheets, before] };
  mustBeNew(target, desk);
  const entry = entryOf(target, options, desk);
  const { line, copy } = schemaLine(path, host, { name: 'waivers.schema.json' });
  const sheet: WaiverSheet = { path, file: before?.file ?? nameOf(path, host), text: textWith(before, entry, line) };
  const { expires } = mustCount(entry.id, sheet, desk);
  await save(sheet, before?.text, options, host);
  await host.stderr.write(
    [
      `${printable(entry.id)} covers ${target.policy} for ${printable(inWords(target.subject))} until ${dayOf(expires)}\n`,
      before !== undefined || copy === undefined ? '' : `once, for your editor: overdue policy schema --of waivers > ${copy}\n`,
      isKnown ? '' : `no run reads ${sheet.file} yet: name it under waivers in overdue.yaml, or with --waivers\n`,
    ].join(''),
  );
  return 0;
}

function entryOf({ policy, subject }: Target, options: AddOptions, { today, sheets }: Desk): WaiverEntry {
  const { reason, requester, approver, ticket, compensatingControl } = options;
  const granted = options.granted ?? dayOf(today);
  return {
    id: options.id ?? nextId(sheets, granted.slice(0, 4)),
    policy,
    subject,
    reason,
    requester,
    approver,
    granted,
    expires: lastDay(options, granted),
    ...(ticket === undefined ? {} : { ticket }),
    ...(compensatingControl === undefined ? {} : { compensatingControl }),
  };
}

type Target = { readonly policy: string; readonly subject: WaiverSubject };

/** `W-2026-012`: one after the highest of the year. */
function nextId(sheets: readonly WaiverSheet[], year: string): string {
  const used = loadWaivers(sheets).map(({ id }) => Number(new RegExp(`^W-${year}-(\\d+)$`).exec(id)?.[1] ?? 0));
  return `W-${year}-${String(Math.max(0, ...used) + 1).padStart(3, '0')}`;
}

function mustBeNew({ policy, subject }: Target, { sheets, context }: Desk): void {
  const twin = loadWaivers(sheets).find(
    (each) => each.policy === policy && JSON.stringify(each.subject) === JSON.stringify(subject) && epoch(each.expires) >= context.now,
  );
  if (!twin) return;
  throw new OperatorError('waiver-refused', {
    message: `waiver ${twin.id} already covers it until ${dayOf(twin.expires)} (${twin.source})`,
    hint: `to give it more time: overdue waivers renew ${shellWord(twin.id)}`,
  });
}

/** The named file, the one of the configuration, or `waivers.yaml` beside the configuration where it names none. */
function fileFor({ file }: AddOptions, { found, sheets }: Desk, { cwd }: Host): string {
  if (file !== undefined) return resolve(cwd, file);
  const [first, ...more] = sheets;
  if (more.length === 0) return first?.path ?? resolve(found.folder, 'waivers.yaml');
  throw new OperatorError('usage', {
    message: 'there are several waiver files',
    hint: `name one with --file: ${sheets.map((each) => each.file).join(', ')}`,
  });
}

function textWith(before: WaiverSheet | undefined, entry: WaiverEntry, editorLine: string): string {
  if (before) {
    loadWaivers([before]);
    return withEntry(openPage(before.file, before.text), entry);
  }
  return newFile(entry, editorLine);
}

function inWords(subject: WaiverSubject): string {
  return 'id' in subject ? subject.id : `${subject.names.join(', ')} in ${subject.scope}`;
}
