import { milliseconds } from '../../model/duration.ts';
import { severities } from '../../model/finding.ts';
import type { Relaxation, Relaxed } from '../../model/relaxation.ts';
import type { WaiverTerms } from '../../model/waiver.ts';
import { lineOf } from '../layer.ts';
import type { LoadedPolicies } from '../load.ts';
import type { Policy } from '../policy.ts';
import { loosened } from './assertion.ts';
import { narrowed } from './match.ts';
import { inShort, isSame } from './values.ts';

/** What the policies of a change ask less of than those before it. What was off before cannot be relaxed. */
export function relaxedPolicies(before: LoadedPolicies, after: LoadedPolicies): readonly Relaxation[] {
  const now = new Map(after.policies.map((policy) => [policy.id, policy]));
  return before.policies
    .filter(({ disabled }) => !disabled)
    .flatMap((policy) => {
      const next = now.get(policy.id);
      if (!next) return [{ what: 'policy', of: policy.id, from: 'in force', to: 'gone', source: 'the policies of the change' } as const];
      return inPolicy(policy, next, placeFinder(after, next));
    });
}

type Part = { readonly what: Relaxed; readonly key: string; readonly path?: string; readonly from: string; readonly to: string };

function inPolicy(before: Policy, after: Policy, placeOf: (key: string, path: string | undefined) => string): readonly Relaxation[] {
  if (after.disabled) return [{ what: 'policy', of: before.id, from: 'in force', to: 'disabled', source: placeOf('disabled', undefined) }];
  const parts: readonly Part[] = [
    ...loosened(before.assert, after.assert).map((part) => ({ ...part, key: 'assert' })),
    ...narrowed(before.match, after.match).map((part) => ({ ...part, what: 'match' as const, key: 'match' })),
    ...exclusions(before, after),
    ...severity(before, after),
    ...expressions(before, after),
    ...other(before, after),
  ];
  return parts.map(({ what, key, path = key, from, to }) => ({ what, of: `${before.id}: ${path}`, from, to, source: placeOf(key, path) }));
}

function exclusions(before: Policy, after: Policy): readonly Part[] {
  const added = after.exclude.filter((each) => !before.exclude.some((known) => isSame(known, each)));
  return added.map((each) => ({ what: 'match', key: 'exclude', from: inShort(undefined), to: inShort(each) }));
}

/** A step of `severityWhen` relaxes when it lowers what was, or when a step that raised it is gone or means fewer. */
function severity(before: Policy, after: Policy): readonly Part[] {
  const [was, is] = [before.severity, after.severity];
  const fall: readonly Part[] = rank(is) < rank(was) ? [{ what: 'severity', key: 'severity', from: was, to: is }] : [];
  const lost = before.severityWhen.filter(
    (step) => rank(step.severity) > rank(is) && !after.severityWhen.some((each) => isSame(each, step)),
  );
  const low = after.severityWhen.filter(
    (step) => rank(step.severity) < rank(was) && !before.severityWhen.some((each) => isSame(each, step)),
  );
  const key = 'severityWhen';
  return [
    ...fall,
    ...lost.map((step): Part => ({ what: 'severity', key, from: inShort(step), to: inShort(undefined) })),
    ...low.map((step): Part => ({ what: 'severity', key, from: inShort(undefined), to: inShort(step) })),
  ];
}

/** Which way an expression becomes looser by another value of what it names, nobody can tell. */
function expressions(before: Policy, after: Policy): readonly Part[] {
  return Object.entries(before.parameters ?? {}).flatMap(([name, value]): readonly Part[] => {
    const next = after.parameters?.[name];
    if (next === undefined || isSame(value, next)) return [];
    return [{ what: 'rewritten', key: name, path: `params.${name}`, from: inShort(value), to: inShort(next) }];
  });
}

function rank(severity: Policy['severity']): number {
  return severities.indexOf(severity);
}

function other(before: Policy, after: Policy): readonly Part[] {
  const parts: Part[] = [];
  if (before.whenUnknown === 'fail' && after.whenUnknown === 'report')
    parts.push({ what: 'unknown', key: 'whenUnknown', from: 'fail', to: 'report' });
  if (before.subject !== after.subject) parts.push({ what: 'rewritten', key: 'subject', from: before.subject, to: after.subject });
  if (length(after.waivers) > length(before.waivers))
    parts.push({ what: 'threshold', key: 'waivers', from: inShort(before.waivers), to: inShort(after.waivers) });
  return parts;
}

function length(terms: WaiverTerms | undefined): number {
  if (terms === undefined) return Number.POSITIVE_INFINITY;
  return terms === 'none' ? 0 : milliseconds(terms.maxDuration);
}

/** Where the change was made: the value's own place, which for a parameter is where that was set, else that of its part. */
function placeFinder({ origins, parameters }: LoadedPolicies, { id, source }: Policy): (key: string, path: string | undefined) => string {
  const known = origins.get(id);
  return (key, path) => {
    const parameter = path === `params.${key}` ? parameters.find(({ name }) => name === key) : undefined;
    if (parameter) return lineOf(parameter.position);
    const exact = key === 'assert' ? known?.thresholds.find((each) => each.path === path)?.setAt : undefined;
    return exact ?? known?.parts.get(key) ?? source;
  };
}
