import { isAtLeast } from '../../../model/finding.ts';
import { printable } from '../../../model/printable.ts';
import type { Reason } from '../../../model/reason.ts';
import { compile } from '../../../policy/compile.ts';
import { sentence } from '../../../report/wording.ts';
import { openBook } from '../../../waivers/book.ts';
import { loadWaivers } from '../../../waivers/load.ts';
import type { Host } from '../../host.ts';
import { type Desk, type DeskOptions, openDesk } from './desk.ts';

type Problem = { readonly source: string; readonly text: string; readonly fails: boolean };

/** Names what is wrong with the waivers themselves, with file and line. What they cover is not looked at: that takes a run. */
export async function runWaiversCheck(options: DeskOptions, host: Host): Promise<number> {
  const desk = await openDesk(options, host);
  const problems = problemsOf(desk);
  for (const { source, text, fails } of problems)
    await host.stdout.write(`${printable(source)}: ${fails ? '' : 'note: '}${printable(text)}\n`);
  const failing = problems.filter(({ fails }) => fails).length;
  const count = loadWaivers(desk.sheets).length;
  await host.stderr.write(`${String(count)} waivers in ${String(desk.sheets.length)} files, ${String(failing)} problems\n`);
  return failing > 0 ? 1 : 0;
}

/** What only evidence tells. */
const untold = new Set<Reason['code']>(['waiver-unmatched']);
/** Said of every waiver, whatever the policies of this set-up are. */
const plain = new Set<Reason['code']>(['waiver-expired', 'waiver-invalid']);

function problemsOf({ sheets, context, rules }: Desk): readonly Problem[] {
  const judge = compile(rules.policies.policies, new Map());
  const { failOn } = rules.gate;
  return openBook(loadWaivers(sheets), context)
    .states(() => undefined)
    .flatMap((state): readonly Problem[] => {
      const { waiver } = state;
      const { id, source } = waiver;
      if (state.state === 'invalid') return [{ source, text: `${id} does not count: ${state.problem}`, fails: true }];
      const expired = state.state === 'expired' ? [{ source, text: `${id} expired on ${waiver.expires.slice(0, 10)}`, fails: true }] : [];
      const judged = [...judge.judgeWaiver(state, context.now)].flatMap(({ verdict, severity, policy }) => {
        const reasons = verdict.outcome === 'fail' ? verdict.reasons.filter(({ code }) => !untold.has(code) && !plain.has(code)) : [];
        const fails = failOn !== 'none' && isAtLeast(severity, failOn);
        return reasons.map((reason) => ({ source, text: `${id} ${sentence(reason)} (${policy.id})`, fails }));
      });
      return [...expired, ...judged];
    });
}
