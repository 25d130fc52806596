import type { InventoryRecord } from '../model/inventory.ts';
import type { Scope } from '../model/scope.ts';

export type ScopeIndex = {
  add(scope: Scope): void;
  /** What was said of the scope of the record and of those around it, the nearest first. */
  around(record: Pick<InventoryRecord, 'provider' | 'scope'>): readonly Scope[];
};

/** Holds the scopes of a run: few, but for repositories, of which 50,000 take some 40 MB. */
export function openScopeIndex(): ScopeIndex {
  const byId = new Map<string, Scope>();
  const place = (provider: string, id: string): string => `${provider}\n${id}`;

  return {
    add(scope) {
      byId.set(place(scope.provider, scope.id), scope);
    },
    around({ provider, scope }) {
      const found: Scope[] = [];
      for (let id = scope; id !== ''; id = id.slice(0, Math.max(0, id.lastIndexOf('/')))) {
        const each = byId.get(place(provider, id));
        if (each) found.push(each);
      }
      return found;
    },
  };
}
