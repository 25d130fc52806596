import type { InventoryRecord } from '../model/inventory.ts';
import type { Scope } from '../model/scope.ts';

export type ScopeIndex = {
  add(scope: Scope): void;
  /** What was said of the scope of the record, or of the nearest one around it. */
  of(record: Pick<InventoryRecord, 'provider' | 'scope'>): Scope | undefined;
};

/** Holds the scopes of a run, of which there are few. */
export function openScopeIndex(): ScopeIndex {
  const byId = new Map<string, Scope>();
  const place = (provider: string, id: string): string => `${provider}\n${id}`;

  return {
    add(scope) {
      byId.set(place(scope.provider, scope.id), scope);
    },
    of({ provider, scope }) {
      for (let id = scope; id !== ''; id = id.slice(0, Math.max(0, id.lastIndexOf('/')))) {
        const found = byId.get(place(provider, id));
        if (found) return found;
      }
      return undefined;
    },
  };
}
