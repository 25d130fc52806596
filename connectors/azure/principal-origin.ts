import { type Json, text } from './json.ts';
import type { Session } from './session.ts';

/** Whose application a service principal stands for. */
export type Origin = 'own' | 'vendor' | 'microsoft' | 'managed-identity' | 'legacy' | 'unknown';

// https://learn.microsoft.com/en-us/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
const documented = new Set(['f8cdef31-a31e-4b4a-93e4-5f571e91255a', '72f988bf-86f1-41af-91ab-2d7cd011db47']);

/** A vendor's secrets live in the vendor's tenant, where nobody here can see them: what is listed here is never all it has. */
export function originOf(
  { servicePrincipalType, appOwnerOrganizationId }: Json,
  { tenant, microsoftTenants }: Pick<Session, 'tenant' | 'microsoftTenants'>,
): Origin {
  if (servicePrincipalType === 'ManagedIdentity') return 'managed-identity';
  const home = text(appOwnerOrganizationId)?.toLowerCase();
  if (home === undefined) return servicePrincipalType === 'Legacy' ? 'legacy' : 'unknown';
  if (documented.has(home) || microsoftTenants.has(home)) return 'microsoft';
  return home === tenant.toLowerCase() ? 'own' : 'vendor';
}
