import type { Look } from '../../src/connector/contract.ts';
import { type Vaults, vaultOf, vaultsIn } from './key-vault.ts';
import { servicesOf } from './service-estate.ts';
import type { Session } from './session.ts';

export function managedHsms(session: Session, look: Look): Promise<Vaults> {
  return vaultsIn(
    servicesOf(session, 'microsoft.keyvault/managedhsms'),
    'managedHsm',
    (row) => ({ ...vaultOf({ ...row, vaultUri: row['hsmUri'] }, session.cloud.managedHsm), isHsm: true }),
    look,
  );
}
