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
      const place = { what: 'waiver', of: `waiver ${waiver.id}`, source: waiver.source } as const;
      if (!earlier) return [{ ...place, from: 'none', to: inWords(waiver) }];
      if (cover(earlier) !== cover(waiver)) return [{ ...place, from: inWords(earlier), to: inWords(waiver) }];
      if (epoch(waiver.expires) <= epoch(earlier.expires)) return [];
      return [{ ...place, from: end(earlier), to: `${end(waiver)} (${cover(waiver)})` }];
    });
}

function inWords(waiver: Waiver): string {
  return `${cover(waiver)}, ${end(waiver)}`;
}

/** What it covers, and on whose word. */
function cover({ policy, subject, approver }: Waiver): string {
  const subjects =
    'id' in subject
      ? [subject.kind, subject.id].filter((part) => part !== undefined).join(' ')
      : `${subject.kind} ${subject.names.join(', ')} in ${subject.scope}`;
  return `${policy} for ${subjects}, approved by ${approver}`;
}

/** To the second where it does not end with its day. */
function end({ expires }: Waiver): string {
  return `until ${expires.endsWith('T23:59:59.999Z') ? expires.slice(0, 10) : expires}`;
}
