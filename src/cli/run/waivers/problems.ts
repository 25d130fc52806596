import { suggest } from '../../../document/suggest.ts';
import { isAtLeast } from '../../../model/finding.ts';
import type { Reason } from '../../../model/reason.ts';
import type { Waiver, WaiverState } from '../../../model/waiver.ts';
import { compile } from '../../../policy/compile.ts';
import { sentence } from '../../../report/wording.ts';
import { openBook } from '../../../waivers/book.ts';
import type { Desk } from './desk.ts';

/** What is wrong with a waiver itself; `fails`: it may not stay so, where otherwise it is only a note. */
export type Problem = { readonly waiver: Waiver; readonly text: string; readonly fails: boolean };

/** What only evidence tells. */
const untold = new Set<Reason['code']>(['waiver-unmatched']);
/** Said of every waiver, whatever the policies of this set-up are. */
const plain = new Set<Reason['code']>(['waiver-expired', 'waiver-invalid']);

/** Whether waivers count, and what the policies on waivers say of them. What they cover is not looked at: that takes a run. */
export function problemsWith(waivers: readonly Waiver[], { context, rules, kinds }: Desk): readonly Problem[] {
  const judge = compile(rules.policies.policies);
  const { failOn } = rules.gate;
  const states = openBook(waivers, context).states(() => undefined);
  return states.flatMap((state): readonly Problem[] => {
    const { waiver } = state;
    const judged = [...judge.judgeWaiver(state, context.now)].flatMap(({ verdict, severity, policy }) => {
      const reasons = verdict.outcome === 'fail' ? verdict.reasons.filter(({ code }) => !untold.has(code) && !plain.has(code)) : [];
      const fails = failOn !== 'none' && isAtLeast(severity, failOn);
      return reasons.map((reason) => ({ waiver, text: `${sentence(reason)} (${policy.id})`, fails }));
    });
    return [...standing(state), ...unknownKind(waiver, kinds), ...judged];
  });
}

function standing(state: WaiverState): readonly Problem[] {
  const { waiver } = state;
  if (state.state === 'invalid') return [{ waiver, text: `does not count: ${state.problem}`, fails: true }];
  return state.state === 'expired' ? [{ waiver, text: `expired on ${waiver.expires.slice(0, 10)}`, fails: true }] : [];
}

/** Only a note: an inventory brings its kinds along, those of connectors from elsewhere too. */
function unknownKind(waiver: Waiver, kinds: Desk['kinds']): readonly Problem[] {
  const { kind } = waiver.subject;
  if (kind === undefined || kinds.has(kind) || kind.startsWith('overdue.')) return [];
  const meant = suggest(kind, [...kinds.keys()]);
  return [
    {
      waiver,
      text: `names a kind that no connector here lists: ${kind}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      fails: false,
    },
  ];
}
