export const ownerRoles = ['business', 'technical'] as const;
export type OwnerRole = (typeof ownerRoles)[number];

/** Who somebody says is accountable. A claim is evidence, not yet an owner: `reconcile` holds it against the roster. */
export const OwnerClaim = {
  type: 'object',
  required: ['role', 'ref', 'by'],
  additionalProperties: false,
  properties: {
    role: { enum: ownerRoles },
    /** As written: an e-mail address, login, person id, or group name. */
    ref: { type: 'string', minLength: 1 },
    /** Where it was said: `tag owner`, `token owner`, `workload component:default/shop`. */
    by: { type: 'string', minLength: 1 },
    /** Set where the provider's own role says it: who may change a thing controls it, and does not thereby answer for it. */
    control: { const: true },
  },
} as const;
export type OwnerClaim = { readonly role: OwnerRole; readonly ref: string; readonly by: string; readonly control?: true };
