const tenantId = {
  type: 'string',
  pattern: '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  title: 'the id of a tenant',
  examples: ['3f0c1c1e-6a51-4d6e-9a77-1d2c3b4a5e6f'],
} as const;
const address = { type: 'string', pattern: '^https://', title: 'an address with https' } as const;
const domain = { type: 'string', pattern: '^[a-z0-9-]+(?:\\.[a-z0-9-]+)+$', title: 'a domain' } as const;

const links = ['environment', 'workload-identity', 'github-actions', 'azure-pipelines', 'managed-identity', 'azure-cli'] as const;

export const settings = {
  type: 'object',
  additionalProperties: false,
  properties: {
    tenants: {
      type: 'array',
      minItems: 1,
      description: 'Entra tenants to look at. Default: AZURE_TENANT_ID, else the tenant of the login.',
      items: {
        type: 'object',
        required: ['id'],
        additionalProperties: false,
        dependencies: { secretVariable: ['clientId'], certificatePath: ['clientId'] },
        properties: {
          id: { ...tenantId, description: 'The tenant (directory) id.' },
          credential: { enum: links, description: 'The only login to use for this tenant.' },
          clientId: {
            type: 'string',
            minLength: 1,
            description: 'The application that looks at this tenant, with its own secret or certificate. Default: AZURE_CLIENT_ID.',
          },
          secretVariable: { type: 'string', minLength: 1, description: 'Environment variable that holds its secret.' },
          certificatePath: { type: 'string', minLength: 1, description: 'Its certificate with private key, in PEM.' },
        },
      },
    },
    cloud: {
      enum: ['public', 'usgov', 'usgov-dod', 'china'],
      default: 'public',
      description: '`usgov` is US Government L4, `usgov-dod` is L5 (DoD), `china` is operated by 21Vianet.',
    },
    endpoints: {
      type: 'object',
      additionalProperties: false,
      description: 'For clouds that are not listed: replaces the addresses of `cloud`.',
      properties: {
        login: { ...address, description: 'The authority that gives tokens, without the tenant.' },
        graph: { ...address, description: 'Microsoft Graph.' },
        resourceManager: { ...address, description: 'Azure Resource Manager, with Resource Graph.' },
        vault: { ...domain, examples: ['vault.azure.net'], description: 'What the addresses of vaults end in, such as `vault.azure.net`.' },
        managedHsm: {
          ...domain,
          examples: ['managedhsm.azure.net'],
          description: 'The same of Managed HSMs, such as `managedhsm.azure.net`.',
        },
      },
    },
    credential: {
      enum: links,
      description: 'The only login to use. Default: all of them, in this order, until one is there.',
    },
    microsoftTenants: {
      type: 'array',
      description: "Further tenants whose applications are Microsoft's own, besides the two that Microsoft documents.",
      items: tenantId,
    },
  },
} as const;

export type LinkName = (typeof links)[number];
export type TenantSettings = {
  readonly id: string;
  readonly credential?: LinkName;
  readonly clientId?: string;
  readonly secretVariable?: string;
  readonly certificatePath?: string;
};
export type Settings = {
  readonly tenants?: readonly TenantSettings[];
  readonly cloud?: 'public' | 'usgov' | 'usgov-dod' | 'china';
  readonly endpoints?: {
    readonly login?: string;
    readonly graph?: string;
    readonly resourceManager?: string;
    readonly vault?: string;
    readonly managedHsm?: string;
  };
  readonly credential?: LinkName;
  readonly microsoftTenants?: readonly string[];
};
