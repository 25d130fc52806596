import type { Identity } from '../model/identity.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { Kind } from '../model/kind.ts';
import { fact } from '../model/record.ts';

export type IdentityIndex = {
  add(identity: Identity): void;
  /** The identity that a credential proves or a grant belongs to. */
  of(record: InventoryRecord): Identity | undefined;
};

/** Holds the identities of a run. Ids are unique within a kind only: where two kinds share one, the kind that takes the credential with it is meant, and otherwise nobody is. */
export function openIdentityIndex(kinds: ReadonlyMap<string, Kind>): IdentityIndex {
  const byId = new Map<string, Identity[]>();
  const place = (provider: string, id: string) => `${provider}\n${id}`;

  return {
    add(identity) {
      const key = place(identity.provider, identity.id);
      const same = byId.get(key);
      if (!same) byId.set(key, [identity]);
      else if (!same.some(({ kind, scope }) => kind === identity.kind && scope === identity.scope)) same.push(identity);
    },
    of(record) {
      if (record.record === 'identity') return undefined;
      const id = fact(record, 'identity');
      if (id.state !== 'known') return undefined;
      const found = byId.get(place(record.provider, id.value)) ?? [];
      return (
        only(found) ??
        only(found.filter(({ kind }) => kinds.get(kind)?.traits.takesWith.includes(record.kind))) ??
        only(found.filter(({ scope }) => scope === record.scope))
      );
    },
  };
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
