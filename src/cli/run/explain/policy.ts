import { stringify } from 'yaml';
import type { Kind } from '../../../model/kind.ts';
import { printable } from '../../../model/printable.ts';
import type { WaiverTerms } from '../../../model/waiver.ts';
import { kindMatcher } from '../../../policy/match.ts';
import { compileRecordPolicy } from '../../../policy/record-policy.ts';
import type { Policy } from '../../../policy/policy.ts';
import type { ReadPolicies } from '../../policies.ts';
import { frameworkRows } from './framework-rows.ts';
import { section } from './section.ts';
import { thresholdRows } from './thresholds.ts';

/** What a policy asks, with the values in force and where they were set, of which kinds, and by which examples. */
export function explainPolicy(policy: Policy, loaded: ReadPolicies, kinds: ReadonlyMap<string, Kind>, longestWaiver: string): string {
  const { id, title, severity, status, subject, disabled, source, why, fix, examples, mapsTo } = policy;
  const covered = kindsOf(policy, kinds);
  const asks = { ...(Object.keys(policy.match).length > 0 ? { match: policy.match } : {}), assert: policy.assert };
  return [
    `${printable(id)}  ${severity}${disabled ? ', disabled here' : ''}\n${printable(title)}\n`,
    section('Policy', [
      ['judges', `each ${subject}; ${status}; from ${source}`],
      ['because', why],
      ['to fix', fix],
      ['unknown', policy.whenUnknown === 'fail' ? 'counts at the gate like a failure' : 'is reported, and passes the gate'],
      ['waivers', waiversInWords(policy.waivers, longestWaiver)],
    ]),
    section('Asks', [['', stringify(asks, { lineWidth: 0 }).trimEnd()]]),
    section('Thresholds', thresholdRows(id, loaded)),
    section(
      'Leaves out',
      policy.exclude.map(({ because, ...match }) => [JSON.stringify(match), because]),
    ),
    covered === undefined
      ? ''
      : section(
          `Kinds (${String(covered.length)})`,
          covered.map((kind) => [kind.id, kind.title]),
        ),
    section('Frameworks', frameworkRows(mapsTo, loaded.frameworks)),
    section(
      'Examples',
      examples.map(({ name, expect }) => [expect, name]),
    ),
  ].join('');
}

/** Undefined: it judges no records. */
function kindsOf(policy: Policy, kinds: ReadonlyMap<string, Kind>): readonly Kind[] | undefined {
  if (policy.subject !== 'credential' && policy.subject !== 'identity' && policy.subject !== 'grant') return undefined;
  const { isForKind } = compileRecordPolicy(policy);
  // An exclusion that also asks for something else leaves some of a kind.
  const excluded = policy.exclude
    .filter((each) => Object.keys(each).every((key) => key === 'kinds' || key === 'traits' || key === 'because'))
    .map(kindMatcher);
  return [...kinds.values()].filter((kind) => isForKind(kind) && !excluded.some((isLeftOut) => isLeftOut(kind)));
}

function waiversInWords(terms: WaiverTerms | undefined, longest: string): string {
  if (terms === 'none') return 'none are allowed';
  return terms === undefined ? `may run ${longest}` : `may run ${terms.maxDuration}, and never longer than ${longest}`;
}
