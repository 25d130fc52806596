import type { Credential } from '../../model/credential.ts';
import { milliseconds } from '../../model/duration.ts';
import { epoch } from '../../model/instant.ts';
import { fact } from '../../model/record.ts';
import { type Verdict, fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
import type { Test } from '../predicate.ts';
import { type Successor, isVerdict, successors, works } from '../succession.ts';

/** A new credential that nobody uses, or an old one that is still used after it, is a rotation that was begun and left. */
export function finishedWithin(limit: string): Test {
  const longest = milliseconds(limit);
  return ({ record, kind, siblings }, now) => {
    if (record.record !== 'credential' || kind.traits.rotation !== 'replace') return notApplicable;
    if (works(record, now) === false) return pass;
    const newer = successors(
      record,
      siblings.filter((each) => works(each, now) !== false),
    );
    if (isVerdict(newer)) return newer;
    const settled = newer.filter(({ at }) => now - epoch(at) > longest);
    const [first] = settled;
    if (!first) return pass;
    const verdict = judge(record, first, settled, limit, now);
    const doubtful = record.status === 'unknown' || settled.every(({ credential }) => credential.status === 'unknown');
    return doubtful && verdict.outcome === 'fail' ? undecided('status', { why: 'not-offered' }) : verdict;
  };
}

function judge(record: Credential, first: Successor, settled: readonly Successor[], limit: string, now: number): Verdict {
  const since = { newer: first.credential.name, since: first.at, limit, past: now - epoch(first.at) - milliseconds(limit) };
  const used = fact(record, 'lastUsedAt');
  if (used.state === 'known' && epoch(used.value) > epoch(first.at) + milliseconds(limit))
    return fail({ code: 'rotation-unfinished', ...since, used: used.value });

  const moved = settled.map(wasUsed);
  if (moved.every((each) => each === false)) return fail({ code: 'rotation-unfinished', ...since });
  if (used.state === 'unknown') return lacking('lastUsedAt', used);
  if (moved.includes(true)) return pass;
  return undecided('lastUsedAt', {
    why: 'not-offered',
    detail: `nobody says whether ${first.credential.name}, which came after it, is used`,
  });
}

/** Undefined: nobody says, or its use is watched only since later. */
function wasUsed({ credential, at }: Successor): boolean | undefined {
  const used = fact(credential, 'lastUsedAt');
  if (used.state === 'unknown') return undefined;
  if (used.state === 'known') return true;
  return used.since === undefined || epoch(used.since) <= epoch(at) ? false : undefined;
}
