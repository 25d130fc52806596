import type { Credential } from '../model/credential.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import { fact } from '../model/record.ts';

/** Records that belong together: one identity or grant, or all credentials of one kind that prove one identity. */
export type Bundle = readonly [InventoryRecord, ...InventoryRecord[]];

/** Bundles credentials of one identity and kind, which arrive together. No more than one bundle is held at a time. */
export async function* bundles(records: AsyncIterable<InventoryRecord> | Iterable<InventoryRecord>): AsyncGenerator<Bundle> {
  let open: [Credential, ...Credential[]] | undefined;
  for await (const record of records) {
    if (open && record.record === 'credential' && bundleKey(record) !== undefined && bundleKey(record) === bundleKey(open[0])) {
      open.push(record);
      continue;
    }
    if (open) yield open;
    open = undefined;
    if (record.record === 'credential') open = [record];
    else yield [record];
  }
  if (open) yield open;
}

/** Undefined for a credential that proves no identity, or one that nobody knows: such have no siblings. */
function bundleKey(credential: Credential): string | undefined {
  const identity = fact(credential, 'identity');
  return identity.state === 'known' ? [credential.provider, credential.scope, credential.kind, identity.value].join('\n') : undefined;
}

/** The others of a bundle; none for an identity or a grant. */
export function siblingsIn(bundle: Bundle, record: InventoryRecord): readonly Credential[] {
  return bundle.filter((each): each is Credential => each.record === 'credential' && each !== record);
}
