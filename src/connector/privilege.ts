import { type Fact, known } from '../model/fact.ts';
import type { PrivilegeLevel } from '../model/record.ts';

/** How far something reaches, and the provider's statements that it follows from, as short texts. */
export type Privilege = { readonly level: PrivilegeLevel; readonly because: readonly string[] };

/** The fields of a record. */
export type PrivilegeFields = { readonly privilege: Fact<PrivilegeLevel>; readonly privileges?: readonly string[] };

export function privilegeFields(reach: Fact<Privilege>): PrivilegeFields {
  if (reach.state !== 'known') return { privilege: reach };
  const { level, because } = reach.value;
  return { privilege: known(level), ...(because.length === 0 ? {} : { privileges: because }) };
}
