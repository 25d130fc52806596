const text = { type: 'string', minLength: 1 } as const;
const name = { ...text, pattern: '^[^:/]+$', title: 'a name without `:` or `/`', examples: ['checkout'] } as const;
const names = { type: 'array', items: text, uniqueItems: true } as const;
const owner = { ...text, description: 'Name, address or login of a person, or name of a group.' } as const;

/** A registry in our own words, for those who have none. */
export const RegistrySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'overdue workloads and groups',
  type: 'object',
  required: ['apiVersion', 'kind'],
  additionalProperties: false,
  properties: {
    apiVersion: { const: 'overdue/v1' },
    kind: { const: 'Workloads' },
    workloads: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'lifecycle'],
        additionalProperties: false,
        properties: {
          name: { ...name, description: 'What tags of credentials call it.' },
          aliases: { ...names, description: 'Other names by which tags call it.' },
          lifecycle: { ...text, examples: ['production'], description: 'Such as experimental, production, deprecated, retired.' },
          owner: { ...owner, description: 'Technical owner: a person, or the name of a group.' },
          businessOwner: owner,
        },
      },
    },
    groups: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'members'],
        additionalProperties: false,
        properties: {
          name,
          email: { ...text, description: 'Address of the whole group.' },
          members: { ...names, description: 'People as the roster knows them, or `group:<name>`.' },
        },
      },
    },
  },
} as const;

export type RegistryFile = {
  readonly workloads?: readonly {
    readonly name: string;
    readonly aliases?: readonly string[];
    readonly lifecycle: string;
    readonly owner?: string;
    readonly businessOwner?: string;
  }[];
  readonly groups?: readonly { readonly name: string; readonly email?: string; readonly members: readonly string[] }[];
};
