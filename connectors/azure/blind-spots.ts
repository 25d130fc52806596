import type { BlindSpot } from '../../src/connector/contract.ts';

/** What no call of Microsoft Graph, Azure Resource Manager or Key Vault can show, as long as no value of a secret is read. */
export const blindSpots: readonly BlindSpot[] = [
  { surface: 'azure.sas_token', detail: 'shared access signatures are signed offline and recorded nowhere' },
  {
    surface: 'azure.user_delegation_sas',
    detail: 'signatures by user delegation keys are signed offline too, and live up to seven days after the key was asked for',
  },
  {
    surface: 'azure.stored_access_policy',
    detail: 'stored access policies of containers, queues, tables and shares are in the accounts themselves, which are not looked into',
  },
  {
    surface: 'azure.entity_sas_rule',
    detail: 'shared access rules of single queues, topics, event hubs and relays are not looked at, only those of their namespaces',
  },
  {
    surface: 'azure.function_key',
    detail: 'keys of single functions, and how many host keys an app has, are listed only together with their values',
  },
  { surface: 'azure.iothub_device', detail: 'devices of an IoT hub and their keys are in its own registry, which is not looked into' },
  {
    surface: 'azure.vm_authorized_key',
    detail: 'SSH keys and passwords that were put on a machine itself are known to it alone; only keys that are resources are listed',
  },
  {
    surface: 'azure.other_service_key',
    detail: 'keys of services that have no kind of their own, such as Communication Services, are not looked at',
  },
  {
    surface: 'azure.notification_hub_sas_rule',
    detail: 'shared access rules of Notification Hubs may be listed together with their keys, so they are not listed',
  },
  {
    surface: 'azure.personal_tag',
    detail:
      'Resource Graph takes personal data out of what it tells, so a tag of a resource that names somebody may be missing there; those of subscriptions and groups are read elsewhere',
  },
  { surface: 'azure.stored_copy', detail: 'connection strings in application settings are readable only together with their values' },
  {
    surface: 'azure.secret_value',
    detail: 'values of secrets are never read, so nobody says here what is in them or whether two are the same',
  },
  { surface: 'azure.keyvault_last_use', detail: 'the last use of a Key Vault object is only in the diagnostic logs of the vault' },
  {
    surface: 'azure.service_key_last_use',
    detail: 'the last use of the keys of storage accounts and other services is only in their diagnostic logs',
  },
  {
    surface: 'azure.client_secret_creation',
    detail: 'when a client secret was made is only in the sign-in report, which takes a P1 or P2 licence and the global cloud',
  },
  { surface: 'azure.service_principal_creation', detail: 'Graph has no field for when a service principal was made' },
  {
    surface: 'azure.vendor_credential',
    detail: 'the credentials of a multi-tenant application are in its home tenant; here only its service principal is seen',
  },
  { surface: 'azure.guest_home', detail: 'whether a guest still works for their own company is known in their home tenant alone' },
  { surface: 'azure.issued_token', detail: 'access and refresh tokens that are already issued are not listed' },
  { surface: 'azure.devops_token', detail: 'Azure DevOps tokens and service connections are not in Entra' },
  { surface: 'azure.power_platform', detail: 'connections and application users of Power Platform are not in Entra or Resource Manager' },
  {
    surface: 'azure.data_platform_login',
    detail: 'tokens of Databricks, and logins of Synapse and SQL, are known to these services alone',
  },
  {
    surface: 'azure.aks_local_account',
    detail: 'local accounts of AKS clusters are certificates that the cluster issues, and are not listed',
  },
  { surface: 'azure.b2c_policy_key', detail: 'policy keys of Azure AD B2C tenants are not looked at' },
  { surface: 'azure.device_certificate', detail: 'Apple push and other certificates of Intune are not looked at' },
  { surface: 'azure.on_premises_account', detail: 'service accounts of Active Directory on premises are not in Entra' },
];
