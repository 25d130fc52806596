// https://learn.microsoft.com/en-us/graph/permissions-reference, https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles
const roles: Readonly<Record<string, { readonly scope: string; readonly because: string }>> = {
  Reader: {
    scope: 'tenant root management group, or each subscription to look at',
    because: 'finds vaults and services, and lists what stands in them; lists no keys, and reads no values',
  },
  'Key Vault Reader': {
    scope: 'tenant root management group, or each subscription to look at',
    because: 'lists secrets, keys and certificates of vaults that use roles; reads no values',
  },
  'Managed HSM Crypto Auditor': {
    scope: '/ or /keys of each Managed HSM, as a local role there',
    because: 'lists the keys of Managed HSMs; uses none of them',
  },
};

/** Graph permissions by name, as an administrator consents to them, and the roles to assign. Nothing here can write or read a value. */
export function permissionDocument(permissions: readonly string[]): string {
  const assigned = permissions.filter((permission) => permission in roles);
  const graph = permissions.filter((permission) => !(permission in roles));
  const document = {
    requiredResourceAccess: graph.length > 0 ? [{ resource: 'Microsoft Graph', type: 'Role', permissions: graph }] : [],
    roleAssignments: assigned.map((role) => ({ role, ...roles[role] })),
    accessPolicies: permissions.includes('Key Vault Reader')
      ? [
          {
            permissions: { secrets: ['list'], keys: ['list', 'getrotationpolicy'], certificates: ['list', 'get'] },
            because: 'only for vaults that use access policies instead of roles',
          },
        ]
      : [],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
