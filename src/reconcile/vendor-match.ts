import { type Fact, absent, known, unknown } from '../model/fact.ts';
import type { Identity } from '../model/identity.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { Sources, Vendor } from '../model/source.ts';
import { joinKey } from '../sources/join-key.ts';
import { namePattern } from '../sources/name-pattern.ts';
import type { Named } from './claims.ts';

export type VendorMatch = { readonly fact: Fact<Vendor>; readonly named?: Named<Vendor> };
/** `ref`: the name in the tags, where there is one. */
export type VendorMatcher = (ref: string | undefined, record?: InventoryRecord, identity?: Identity) => VendorMatch;

/**
 * Finds the vendor that a record names, by id or name; else the one whose list names the record, or whose people it is one of, by the domain
 * of an address. One that is not listed stays unknown: no list shows when a contract ended that it lacks.
 */
export function openVendorMatcher(vendors: Sources['vendors']): VendorMatcher {
  const byName = new Map<string, Vendor>();
  const byDomain = new Map<string, Vendor>();
  const patterns: { readonly entry: Vendor; readonly fits: (id: string) => boolean }[] = [];
  for (const entry of vendors?.entries ?? []) {
    for (const name of [entry.name, entry.id]) byName.set(joinKey(name), entry);
    for (const domain of entry.domains ?? []) byDomain.set(domain, entry);
    for (const pattern of entry.identities ?? []) patterns.push({ entry, fits: namePattern(pattern) });
  }

  const unnamed = (subjects: readonly Pick<InventoryRecord, 'id' | 'name'>[]): Vendor | undefined =>
    patterns.find(({ fits }) => subjects.some(({ id }) => fits(id)))?.entry ??
    subjects.flatMap(({ id, name }) => [domainOf(name) ?? '', domainOf(id) ?? '']).flatMap((domain) => byDomain.get(domain) ?? [])[0];

  return (ref, record, identity) => {
    const entry = ref === undefined ? unnamed([record, identity].filter((each) => each !== undefined)) : byName.get(joinKey(ref));
    if (ref === undefined && !entry) return { fact: absent() };
    if (!vendors) return { fact: unknown('no-source', `no vendor list was given to find ${String(ref)}`) };
    if (vendors.stale !== undefined)
      return { fact: unknown('stale', vendors.stale), ...(entry ? { named: { entry, stale: vendors.stale } } : {}) };
    return entry
      ? { fact: known(entry), named: { entry } }
      : { fact: unknown('not-in-source', `vendor ${String(ref)} is not in ${vendors.file}`) };
  };
}

/** Of an e-mail address. The principal name of a guest hides his own before a mark: `dana_paywell.example#EXT#@acme.onmicrosoft.com`. */
function domainOf(name: string): string | undefined {
  const key = joinKey(name);
  return (/_([^_@#\s]+)#ext#@/.exec(key) ?? /^[^\s@]+@([^\s@]+)$/.exec(key))?.[1];
}
