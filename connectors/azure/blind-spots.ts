import type { BlindSpot } from '../../src/connector/contract.ts';

/** What no call of Microsoft Graph or Azure Resource Manager can show. */
export const blindSpots: readonly BlindSpot[] = [
  { surface: 'azure.sas_token', detail: 'shared access signatures are signed offline and recorded nowhere' },
  { surface: 'azure.stored_copy', detail: 'connection strings in application settings are readable only together with their values' },
  { surface: 'azure.keyvault_last_use', detail: 'the last use of a Key Vault object is only in the diagnostic logs of the vault' },
  {
    surface: 'azure.vendor_credential',
    detail: 'the credentials of a multi-tenant application are in its home tenant; here only its service principal is seen',
  },
  { surface: 'azure.issued_token', detail: 'access and refresh tokens that are already issued are not listed' },
  { surface: 'azure.devops_token', detail: 'Azure DevOps tokens and service connections are not in Entra' },
];
