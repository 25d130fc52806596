import type { InventoryRecord } from '../../../model/inventory.ts';
import type { Kind } from '../../../model/kind.ts';
import { fact } from '../../../model/record.ts';
import type { Row } from './section.ts';

const most = 20;

/** What goes with it, what works on without it, and what else its identity has. */
export function dependentRows(record: InventoryRecord, kind: Kind | undefined, all: readonly InventoryRecord[]): readonly Row[] {
  const { takesWith = [], leavesBehind = [], revocation } = kind?.traits ?? {};
  const identity = identityOf(record);
  const others =
    identity === undefined ? [] : all.filter((each) => each !== record && identityOf(each) === identity && each.record !== 'identity');
  const lives = revocation?.tokensLive ?? null;
  return [
    ...(takesWith.length > 0 ? [['goes with it', takesWith.join(', ')] as const] : []),
    ...(leavesBehind.length > 0 ? [['works on without it', leavesBehind.join(', ')] as const] : []),
    ...(lives === null ? [] : [['tokens made from it', `live up to ${lives} longer`] as const]),
    ...(revocation ? [['revoked once seen', revocation.seen.join(', then ')] as const] : []),
    ...(identity === undefined || record.record === 'identity' ? [] : [['acts as', identity] as const]),
    ...others
      .slice(0, most)
      .map((each): Row => [each.record === 'grant' ? 'also holds' : 'also proved by', `${each.name} (${each.kind}, ${each.status})`]),
    ...(others.length > most ? [['and', `${String(others.length - most)} more`] as const] : []),
  ];
}

function identityOf(record: InventoryRecord): string | undefined {
  if (record.record === 'identity') return record.id;
  const identity = fact(record, 'identity');
  return identity.state === 'known' ? identity.value : undefined;
}
