/** Addresses of Key Vault and Resource Manager, and the calls that they are; the rest of an address is whatever is asked for. */
export const armPatterns: readonly (readonly [RegExp, string])[] = [
  [/^GET \/keys$/, 'GET {vaultUrl}/keys'],
  [/^GET \/keys\/[^/]+\/rotationpolicy$/, 'GET {vaultUrl}/keys/{name}/rotationpolicy'],
  [/^GET \/certificates$/, 'GET {vaultUrl}/certificates'],
  [/^GET \/certificates\/contacts$/, 'GET {vaultUrl}/certificates/contacts'],
  [/^GET \/certificates\/[^/]+\/policy$/, 'GET {vaultUrl}/certificates/{name}/policy'],
  ...(
    [
      ['Microsoft.KeyVault/vaults', 'keys', 'vaultId'],
      ['Microsoft.ContainerRegistry/registries', 'tokens', 'registryId'],
      ['Microsoft.Storage/storageAccounts', 'localUsers', 'storageAccountId'],
      ['Microsoft.ServiceBus/namespaces', 'authorizationRules', 'serviceBusNamespaceId'],
      ['Microsoft.EventHub/namespaces', 'authorizationRules', 'eventHubNamespaceId'],
      ['Microsoft.ApiManagement/service', 'subscriptions', 'apiManagementId'],
      ['Microsoft.ApiManagement/service', 'certificates', 'apiManagementId'],
      ['Microsoft.ApiManagement/service', 'users', 'apiManagementId'],
      ['Microsoft.Web/sites', 'basicPublishingCredentialsPolicies', 'siteId'],
      ['Microsoft.Automation/automationAccounts', 'certificates', 'automationAccountId'],
    ] as const
  ).map(
    ([type, noun, id]) =>
      [new RegExp(`^GET /subscriptions/.+/providers/${type.replace('.', '\\.')}/[^/]+/${noun}$`, 'i'), `GET {${id}}/${noun}`] as const,
  ),
];
