import type { Finding, Severity } from '../model/finding.ts';
import { day } from '../model/duration.ts';
import { epoch } from '../model/instant.ts';
import { fact } from '../model/record.ts';
import type { Subject } from '../model/subject.ts';

const base: Readonly<Record<Severity, number>> = { critical: 50, high: 40, medium: 25, low: 10, info: 0 };
const reach = { admin: 25, escalation: 25, write: 12, read: 4, none: 0 } as const;

/** Which finding first: severity, reach, age, silence and owner, 0 to 100, with the arithmetic shown. Unknown adds nothing. */
export function risk(severity: Severity, subject: Subject | undefined, now: number): Finding['risk'] {
  const parts = [{ code: 'severity', points: base[severity] }, ...(subject ? subjectParts(subject, now) : [])].filter(
    ({ points }) => points > 0,
  );
  return { score: parts.reduce((sum, { points }) => sum + points, 0), parts };
}

function subjectParts({ record, owners }: Subject, now: number): { code: string; points: number }[] {
  const privilege = fact(record, 'privilege');
  const created = fact(record, 'createdAt');
  const used = fact(record, 'lastUsedAt');
  const years = created.state === 'known' ? (now - epoch(created.value)) / (365 * day) : 0;
  const silent = used.state === 'absent' || (used.state === 'known' && now - epoch(used.value) > 90 * day);
  const inUse = used.state === 'known' && now - epoch(used.value) <= 7 * day;
  const ownerless = owners.length > 0 && owners.every(({ state }) => state === 'inactive' || state === 'gone' || state === 'empty');
  return [
    { code: 'privilege', points: privilege.state === 'known' ? reach[privilege.value] : 0 },
    { code: 'age', points: Math.min(10, Math.floor(years * 3)) },
    { code: 'silent', points: silent ? 5 : 0 },
    { code: 'in-use-after-owner-left', points: inUse && ownerless ? 15 : 0 },
    { code: 'owner-left', points: ownerless ? 10 : 0 },
  ];
}
