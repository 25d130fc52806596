/**
 * Who may say who the owner is: the provider's own record, its tags, the identity that a credential proves, the workload, the vendor's
 * contract, the tags of the whole scope, and the CODEOWNERS of the repository.
 */
export const ownerEvidence = ['provider', 'tags', 'identity', 'workload', 'vendor', 'scope', 'codeowners'] as const;
export type OwnerEvidence = (typeof ownerEvidence)[number];

/** These speak of more than the record: they are asked only for a role that nobody before them has named. */
export const weakEvidence: ReadonlySet<OwnerEvidence> = new Set(['scope', 'codeowners']);

/** `owners.from` in `overdue.yaml`. */
export const evidenceSchema = {
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: { enum: ownerEvidence },
  description: 'Whose word counts, in this order; who is left out is not asked. All claims are kept.',
} as const;
