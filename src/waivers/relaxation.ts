import { epoch } from '../model/instant.ts';
import type { Relaxation } from '../model/relaxation.ts';
import type { Waiver } from '../model/waiver.ts';

/** New waivers, and those that run longer, cover something else or were approved by somebody else. What has run out covers nothing. */
export function relaxedWaivers(before: readonly Waiver[], after: readonly Waiver[], now: number): readonly Relaxation[] {
  const known = new Map(before.map((waiver) => [waiver.id, waiver]));
  return after
    .filter(({ expires }) => epoch(expires) >= now)
    .flatMap((waiver) => {
      const earlier = known.get(waiver.id);
      const to = inWords(waiver);
      const place = { what: 'waiver', of: `waiver ${waiver.id}`, source: waiver.source } as const;
      if (!earlier) return [{ ...place, from: 'none', to }];
      const from = inWords(earlier);
      return from === to || isOnlyShorter(earlier, waiver) ? [] : [{ ...place, from, to }];
    });
}

function isOnlyShorter(before: Waiver, after: Waiver): boolean {
  return epoch(after.expires) <= epoch(before.expires) && inWords({ ...after, expires: before.expires }) === inWords(before);
}

function inWords({ policy, subject, expires, approver }: Waiver): string {
  const covers =
    'id' in subject
      ? [subject.kind, subject.id].filter((part) => part !== undefined).join(' ')
      : `${subject.kind} ${subject.names.join(', ')} in ${subject.scope}`;
  return `${policy} for ${covers} until ${expires.slice(0, 10)}, approved by ${approver}`;
}
