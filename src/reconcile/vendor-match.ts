import { type Fact, absent, known, unknown } from '../model/fact.ts';
import type { Sources, Vendor } from '../model/source.ts';
import { joinKey } from '../sources/join-key.ts';
import type { Named } from './claims.ts';

export type VendorMatch = { readonly fact: Fact<Vendor>; readonly named?: Named<Vendor> };
export type VendorMatcher = (ref: string | undefined) => VendorMatch;

/** Finds the vendor that a record names, by id or name. One that is not listed stays unknown: no list shows when a contract ended that it lacks. */
export function openVendorMatcher(vendors: Sources['vendors']): VendorMatcher {
  const byName = new Map<string, Vendor>();
  for (const entry of vendors?.entries ?? []) {
    for (const name of [entry.name, entry.id]) byName.set(joinKey(name), entry);
  }

  return (ref) => {
    if (ref === undefined) return { fact: absent() };
    if (!vendors) return { fact: unknown('no-source', `no vendor list was given to find ${ref}`) };
    const entry = byName.get(joinKey(ref));
    if (vendors.stale !== undefined)
      return { fact: unknown('stale', vendors.stale), ...(entry ? { named: { entry, stale: vendors.stale } } : {}) };
    return entry ? { fact: known(entry), named: { entry } } : { fact: unknown('not-in-source', `vendor ${ref} is not in ${vendors.file}`) };
  };
}
