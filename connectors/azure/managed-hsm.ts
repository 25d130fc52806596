import type { Look } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import type { Json } from './json.ts';
import { type Vault, nameOf, vaultOf } from './key-vault.ts';
import { TruncatedError } from './refusal.ts';
import { servicesOf } from './service-estate.ts';
import type { Session } from './session.ts';

/** All Managed HSMs, then whatever ended the search for more. */
export async function managedHsms(session: Session, look: Look): Promise<{ readonly vaults: readonly Vault[]; readonly refused?: Error }> {
  const vaults: Vault[] = [];
  try {
    for await (const page of servicesOf(session, 'microsoft.keyvault/managedhsms'))
      for (const row of page) vaults.push(...readable(row, session.cloud.managedHsm, look));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof TruncatedError)) return { vaults, refused: error };
    look.gap('managedHsm/*', error);
  }
  return { vaults };
}

function readable(row: Json, domain: string, look: Look): readonly Vault[] {
  try {
    return [{ ...vaultOf({ ...row, vaultUri: row['hsmUri'] }, domain), isHsm: true }];
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    look.gap(`managedHsm/${nameOf(row)}`, error);
    return [];
  }
}
