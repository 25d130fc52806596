import type { EnvironmentClaim } from '../model/environment.ts';
import type { Identity } from '../model/identity.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { Scope } from '../model/scope.ts';
import { tagged } from './conventions.ts';

const production = new Set(['production', 'prod', 'prd', 'live']);

/** Who makes a scope for production says so of all in it; what is nearer knows better. `scopes`: the nearest first. */
export function environmentsOf(
  record: InventoryRecord,
  identity: Identity | undefined,
  scopes: readonly Scope[],
  names: readonly string[],
): readonly EnvironmentClaim[] {
  const near = [...saidBy(record.tags, '', names), ...(identity ? saidBy(identity.tags, ` of ${identity.name}`, names) : [])];
  if (near.length > 0) return near;
  return scopes.map(({ tags = {}, name }) => saidBy(tags, ` of ${name}`, names)).find((said) => said.length > 0) ?? [];
}

/** One tag may name several: `prod, staging`. */
function saidBy(tags: Readonly<Record<string, string>>, of: string, names: readonly string[]): readonly EnvironmentClaim[] {
  const [tag] = tagged(tags, names);
  if (!tag) return [];
  const words = tag.value.split(/[\s,;|]+/).filter((word) => word !== '');
  return words.map((said) => ({
    environment: production.has(said.toLowerCase()) ? 'production' : 'non-production',
    said,
    by: `tag ${tag.key}${of}`,
  }));
}
