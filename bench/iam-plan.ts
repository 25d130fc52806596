import type { Surface } from '../src/connector/contract.ts';
import type { AccountSize } from './aws-account.ts';

/** The accounts that are measured. */
export const large: AccountSize = { users: 1000, keyHolders: 150, people: 200, roles: 3000, policies: 1500 };
export const huge: AccountSize = { users: 5000, keyHolders: 5000, keysEach: 2, roles: 5000, policies: 2000 };

/**
 * Surfaces left out: those of other services take a few requests a region, whatever the number of users; SSH public keys cost one
 * request a user, since nothing tells who has one, and are counted apart.
 */
export function notInPlan(surfaces: readonly Pick<Surface<unknown>, 'id'>[]): Readonly<Record<string, string>> {
  const others = surfaces.filter(({ id }) => !id.startsWith('aws.iam_') || id === 'aws.iam_ssh_public_key');
  return Object.fromEntries(others.map(({ id }) => [id, 'not measured']));
}

export function inWords({ users, keyHolders, keysEach = 1, roles, pageSize = 1000 }: AccountSize): string {
  return `${String(users)} users, ${String(keyHolders * keysEach)} keys, ${String(roles)} roles, ${String(pageSize)} a page`;
}
