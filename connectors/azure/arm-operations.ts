/** Addresses of Key Vault and Resource Manager, and the calls that they are; the rest of an address is whatever is asked for. */
export const armPatterns: readonly (readonly [RegExp, string])[] = [
  [/^GET \/keys$/, 'GET {vaultUrl}/keys'],
  [/^GET \/keys\/[^/]+\/rotationpolicy$/, 'GET {vaultUrl}/keys/{name}/rotationpolicy'],
  [/^GET \/(deletedsecrets|deletedkeys|deletedcertificates)$/, 'GET {vaultUrl}/$1'],
  [/^GET \/certificates$/, 'GET {vaultUrl}/certificates'],
  [/^GET \/certificates\/contacts$/, 'GET {vaultUrl}/certificates/contacts'],
  [/^GET \/certificates\/[^/]+\/policy$/, 'GET {vaultUrl}/certificates/{name}/policy'],
  [/^GET \/subscriptions$/, 'GET /subscriptions'],
  [/^GET \/subscriptions\/[^/]+\/resourcegroups$/i, 'GET {subscriptionId}/resourcegroups'],
  [/^GET \/subscriptions\/[^/]+\/providers\/(Microsoft\.\w+\/deleted\w+)$/i, 'GET {subscriptionId}/providers/$1'],
  ...(
    [
      ['Microsoft.KeyVault/vaults', 'keys', 'vaultId'],
      ['Microsoft.KeyVault/managedHSMs', 'keys', 'hsmId'],
      ['Microsoft.ContainerRegistry/registries', 'tokens', 'registryId'],
      ['Microsoft.Storage/storageAccounts', 'localUsers', 'storageAccountId'],
      ['Microsoft.ServiceBus/namespaces', 'authorizationRules', 'serviceBusNamespaceId'],
      ['Microsoft.EventHub/namespaces', 'authorizationRules', 'eventHubNamespaceId'],
      ['Microsoft.Relay/namespaces', 'authorizationRules', 'relayNamespaceId'],
      ['Microsoft.ApiManagement/service', 'subscriptions', 'apiManagementId'],
      ['Microsoft.ApiManagement/service', 'certificates', 'apiManagementId'],
      ['Microsoft.ApiManagement/service', 'namedValues', 'apiManagementId'],
      ['Microsoft.ApiManagement/service', 'users', 'apiManagementId'],
      ['Microsoft.Web/sites', 'basicPublishingCredentialsPolicies', 'siteId'],
      ['Microsoft.Web/sites/slots', 'basicPublishingCredentialsPolicies', 'siteId'],
      ['Microsoft.Automation/automationAccounts', 'certificates', 'automationAccountId'],
      ['Microsoft.Automation/automationAccounts', 'credentials', 'automationAccountId'],
      ['Microsoft.Automation/automationAccounts', 'webhooks', 'automationAccountId'],
      ['Microsoft.Devices/IotHubs', 'certificates', 'iotHubId'],
      ['Microsoft.Cache/redisEnterprise', 'databases', 'redisEnterpriseId'],
    ] as const
  ).map(
    ([type, noun, id]) => [new RegExp(`^GET /subscriptions/.+/providers/${addressOf(type)}/${noun}$`, 'i'), `GET {${id}}/${noun}`] as const,
  ),
];

/** A resource of a type inside another type has the names of both: `Microsoft.Web/sites/{site}/slots/{slot}`. */
function addressOf(type: string): string {
  const [provider = '', ...nouns] = type.split('/');
  return [provider.replace('.', '\\.'), ...nouns.map((noun) => `${noun}/[^/]+`)].join('/');
}
