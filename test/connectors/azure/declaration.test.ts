import { readFile, readdir } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { azure } from '../../../connectors/azure/index.ts';
import { cloudOf } from '../../../connectors/azure/cloud.ts';
import { tenant } from './rig.ts';

describe('settings', () => {
  const accepts = new Ajv({ strict: true, useDefaults: false }).compile(azure.settings);
  test.each([
    [{}, true],
    [{ tenants: [{ id: tenant }], cloud: 'usgov', credential: 'azure-cli' }, true],
    [{ endpoints: { graph: 'https://graph.own.example' } }, true],
    [{ endpoints: { graph: 'http://graph.own.example' } }, false],
    [{ endpoints: { vault: 'vault.own.example', managedHsm: 'hsm.own.example' } }, true],
    [{ endpoints: { vault: 'https://vault.own.example' } }, false],
    [{ cloud: 'usgov-dod', microsoftTenants: [tenant] }, true],
    [{ tenants: [{ id: tenant, credential: 'environment', clientId: 'c', secretVariable: 'SECOND_SECRET' }] }, true],
    [{ tenants: [{ id: tenant, secretVariable: 'SECOND_SECRET' }] }, false],
    [{ tenants: [] }, false],
    [{ tenants: [{ id: 'larkspur' }] }, false],
    [{ tenants: [{ id: tenant, secret: 'x' }] }, false],
    [{ cloud: 'moon' }, false],
    [{ secret: 'x' }, false],
  ])('%j', (settings, expected) => {
    expect(accepts(settings)).toBe(expected);
  });

  test('endpoints replace those of the cloud, one by one', () => {
    expect(cloudOf({ cloud: 'china', endpoints: { graph: 'https://graph.own.example/', vault: 'vault.own.example' } })).toEqual({
      login: 'https://login.chinacloudapi.cn',
      graph: 'https://graph.own.example',
      resourceManager: 'https://management.chinacloudapi.cn',
      vault: 'vault.own.example',
      managedHsm: 'managedhsm.azure.cn',
      hasSignInReports: false,
      hasVerifiedPublisher: false,
      vaultVersion: '7.4',
    });
  });
});

test.each([
  ['public', 'login.microsoftonline.com', 'graph.microsoft.com', 'management.azure.com', 'vault.azure.net'],
  ['usgov', 'login.microsoftonline.us', 'graph.microsoft.us', 'management.usgovcloudapi.net', 'vault.usgovcloudapi.net'],
  ['usgov-dod', 'login.microsoftonline.us', 'dod-graph.microsoft.us', 'management.usgovcloudapi.net', 'vault.usgovcloudapi.net'],
  ['china', 'login.chinacloudapi.cn', 'microsoftgraph.chinacloudapi.cn', 'management.chinacloudapi.cn', 'vault.azure.cn'],
] as const)('the %s cloud has addresses of its own', (cloud, login, graph, resourceManager, vault) => {
  expect(cloudOf({ cloud })).toMatchObject({
    login: `https://${login}`,
    graph: `https://${graph}`,
    resourceManager: `https://${resourceManager}`,
    vault,
  });
});

describe('operationOf', () => {
  const batch = (url: string) => JSON.stringify({ requests: [{ id: '0', method: 'GET', url }] });
  test.each([
    ['GET', 'https://graph.microsoft.com/v1.0/applications?$top=999', undefined, 'GET /v1.0/applications'],
    ['GET', 'https://graph.microsoft.com/v1.0/applications/1/owners', undefined, 'GET /v1.0/applications/{id}/owners'],
    [
      'POST',
      'https://graph.microsoft.com/v1.0/$batch',
      batch('/servicePrincipals/1/owners?$select=id'),
      'GET /v1.0/servicePrincipals/{id}/owners',
    ],
    ['POST', 'https://graph.microsoft.com/v1.0/$batch', batch('/users/1'), 'GET /v1.0/users/{id}'],
    ['POST', 'https://graph.microsoft.com/v1.0/$batch', 'nonsense', 'POST /v1.0/$batch'],
    ['POST', 'https://graph.microsoft.com/beta/$batch', batch('/applications/1/owners'), 'GET /beta/applications/{id}/owners'],
    [
      'GET',
      'https://graph.microsoft.com/v1.0/applications?$filter=owners/$count eq 0&$count=true',
      undefined,
      'GET /v1.0/applications?$filter=owners/$count eq 0',
    ],
    [
      'GET',
      'https://graph.microsoft.com/v1.0/servicePrincipals/microsoft.graph.agentIdentity?$top=100',
      undefined,
      'GET /v1.0/servicePrincipals/microsoft.graph.agentIdentity',
    ],
    ['GET', 'https://kv.vault.azure.net/secrets?api-version=7.4', undefined, 'GET {vaultUrl}/secrets'],
    ['GET', 'https://kv.vault.azure.net/secrets/name', undefined, 'GET /secrets/name'],
    [
      'GET',
      'https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/secrets?api-version=1',
      undefined,
      'GET {vaultId}/secrets',
    ],
    [
      'POST',
      'https://management.azure.com/subscriptions/s/providers/Microsoft.Storage/storageAccounts/a/listKeys',
      undefined,
      'POST /subscriptions/s/providers/Microsoft.Storage/storageAccounts/a/listKeys',
    ],
    [
      'GET',
      'https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a/slots/staging/basicPublishingCredentialsPolicies?api-version=1',
      undefined,
      'GET {siteId}/basicPublishingCredentialsPolicies',
    ],
    [
      'GET',
      'https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/managedHSMs/h/keys?api-version=1',
      undefined,
      'GET {hsmId}/keys',
    ],
    ['GET', 'https://h.managedhsm.azure.net/deletedkeys?api-version=1', undefined, 'GET {hsmUrl}/deletedkeys'],
    ['GET', 'https://kv.vault.azure.net/deletedkeys?api-version=1', undefined, 'GET {vaultUrl}/deletedkeys'],
    ['GET', 'https://kv.vault.azure.net/deletedsecrets/name?api-version=1', undefined, 'GET /deletedsecrets/name'],
    [
      'GET',
      'https://management.azure.com/subscriptions/s/providers/Microsoft.Storage/deletedAccounts?api-version=1',
      undefined,
      'GET {subscriptionId}/providers/Microsoft.Storage/deletedAccounts',
    ],
    [
      'GET',
      'https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/a/namedValues/n/listValue?api-version=1',
      undefined,
      'GET /subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/a/namedValues/n/listValue',
    ],
    ['POST', 'https://login.microsoftonline.com/t/oauth2/v2.0/token', undefined, ''],
    ['GET', 'http://169.254.169.254/metadata/identity/oauth2/token?resource=x', undefined, ''],
  ])('%s %s', (method, url, body, expected) => {
    expect(azure.operationOf({ method, url, headers: {}, ...(body === undefined ? {} : { body }) })).toBe(expected);
  });
});

test('the permission document holds what it is given, and nothing else', () => {
  expect(JSON.parse(azure.permissionDocument(['Application.Read.All', 'Reader']))).toEqual({
    requiredResourceAccess: [{ resource: 'Microsoft Graph', type: 'Role', permissions: ['Application.Read.All'] }],
    roleAssignments: [expect.objectContaining({ role: 'Reader' })],
    accessPolicies: [],
  });
  expect(JSON.parse(azure.permissionDocument(['Key Vault Reader']))).toMatchObject({
    requiredResourceAccess: [],
    accessPolicies: [{ permissions: { secrets: ['list'] } }],
  });
});

test('the declarations load no SDK', async () => {
  const folder = 'connectors/azure';
  const sources = await Promise.all((await readdir(folder)).map((name) => readFile(`${folder}/${name}`, 'utf8')));
  const loads = sources.flatMap((source) => [...source.matchAll(/^import (?!type)[^;]*from '@[^']+'/gms)].map(([line]) => line));
  expect(loads).toEqual([]);
});

describe('what nobody can list is said', () => {
  const said = azure.blindSpots.map(({ surface, detail }) => `${surface}: ${detail}`);
  test.each([
    ['shared access signatures', /sas_token.*signed offline/],
    ['signatures by user delegation keys', /user_delegation_sas/],
    ['connection strings in application settings', /connection strings in application settings/],
    ['values of secrets', /secret_value/],
    ['tokens that are issued', /access and refresh tokens/],
    ['the last use of what is in Key Vault', /keyvault_last_use/],
    ['the last use of storage and service keys', /last use of the keys of storage accounts and other services/],
    ['when a client secret was made, without the report', /client_secret_creation.*P1/],
    ['when a service principal was made', /service_principal_creation/],
    ['guests in their home tenants', /guest_home/],
    ['applications of other tenants', /vendor_credential.*home tenant/],
    ['Azure DevOps', /DevOps tokens and service connections/],
    ['Power Platform', /Power Platform/],
    ['Databricks, Synapse and SQL', /Databricks.*Synapse.*SQL/],
    ['tags that Resource Graph takes out', /personal_tag.*personal data/],
    ['rules of Notification Hubs', /notification_hub_sas_rule.*together with their keys/],
    ['local accounts of clusters', /aks_local_account/],
    ['policy keys of B2C', /b2c_policy_key/],
    ['certificates of Intune and Apple', /Apple push.*Intune/],
    ['accounts on premises', /on premises/],
  ])('%s', (_name, expected) => {
    expect(said).toContainEqual(expect.stringMatching(expected));
  });
});
