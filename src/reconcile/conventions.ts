import type { OwnerRole } from '../model/owner.ts';

/** Names of the tags (labels, notes) in which a company writes what no provider knows. Case does not count; the first that is there wins. */
export type OwnerConventions = {
  readonly technical: readonly string[];
  readonly business: readonly string[];
  readonly workload: readonly string[];
  readonly vendor: readonly string[];
  readonly purpose: readonly string[];
  readonly environment: readonly string[];
  readonly privilege: readonly string[];
  readonly quarantinedAt: readonly string[];
  readonly quarantineUntil: readonly string[];
};

export const defaultConventions: OwnerConventions = {
  technical: ['owner', 'technical-owner'],
  business: ['business-owner'],
  workload: ['workload', 'service', 'app'],
  vendor: ['vendor'],
  purpose: ['purpose'],
  environment: ['environment', 'env', 'stage'],
  privilege: ['privilege'],
  quarantinedAt: ['quarantined-at'],
  quarantineUntil: ['quarantine-until'],
};

const keys = { type: 'array', uniqueItems: true, items: { type: 'string', minLength: 1 } } as const;

/** `owners.tags` in `overdue.yaml`. A list that is given replaces the default one. */
export const conventionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    technical: { ...keys, description: 'Tags that name the technical owner.' },
    business: { ...keys, description: 'Tags that name the business owner.' },
    workload: { ...keys, description: 'Tags that name the workload.' },
    vendor: { ...keys, description: 'Tags that name the vendor.' },
    purpose: { ...keys, description: 'Tags that say what it is for.' },
    environment: { ...keys, description: 'Tags that name the environment; `production`, `prod`, `prd` and `live` are production.' },
    privilege: { ...keys, description: 'Tags that say how far it may reach: `admin`, `escalation`, `write`, `read` or `none`.' },
    quarantinedAt: { ...keys, description: 'Tags that say when it was switched off.' },
    quarantineUntil: { ...keys, description: 'Tags that say by when what was switched off is deleted or on again.' },
  },
} as const;

export type Tagged = { readonly key: string; readonly value: string };

/** Every tag of the convention that says something, in the order of the convention. */
export function tagged(tags: Readonly<Record<string, string>>, names: readonly string[]): readonly Tagged[] {
  const given = Object.entries(tags);
  return names.flatMap((name) =>
    given
      .filter(([key, value]) => key.trim().toLowerCase() === name.trim().toLowerCase() && value.trim() !== '')
      .map(([key, value]) => ({ key, value: value.trim() })),
  );
}

export const roleConventions: readonly {
  readonly role: OwnerRole;
  readonly names: (conventions: OwnerConventions) => readonly string[];
}[] = [
  { role: 'technical', names: ({ technical }) => technical },
  { role: 'business', names: ({ business }) => business },
];
