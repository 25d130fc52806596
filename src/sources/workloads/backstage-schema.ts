const text = { type: 'string', minLength: 1 } as const;
const refs = { type: 'array', items: text } as const;
/** Names may not hold the marks of a reference. https://backstage.io/docs/features/software-catalog/descriptor-format */
const name = { type: 'string', pattern: '^[^\\s:/]+$', title: 'a name without blanks, `:` or `/`', examples: ['checkout'] } as const;

function entity(spec: object, required: readonly string[] = []): object {
  return {
    type: 'object',
    required: ['kind', 'metadata', ...(required.length > 0 ? ['spec'] : [])],
    properties: {
      kind: text,
      metadata: { type: 'object', required: ['name'], properties: { name, namespace: name } },
      spec: { type: 'object', properties: spec, required },
    },
  };
}

export const anyEntitySchema = { type: 'object', required: ['kind'], properties: { kind: text } } as const;

const profile = { type: 'object', properties: { email: text } } as const;

/** Only what is read here; the format has more, and whoever writes it may add to it. Kinds in lower case. */
export const entitySchemas: Readonly<Record<string, object>> = {
  component: entity({ owner: text, lifecycle: text }, ['lifecycle']),
  system: entity({ owner: text, lifecycle: text }),
  resource: entity({ owner: text, lifecycle: text }),
  group: entity({ members: refs, children: refs, parent: text, profile }),
  user: entity({ memberOf: refs, profile }),
};

export type Entity = {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: {
    readonly owner?: string;
    readonly lifecycle?: string;
    readonly members?: readonly string[];
    readonly children?: readonly string[];
    readonly parent?: string;
    readonly memberOf?: readonly string[];
    readonly profile?: { readonly email?: string };
  };
};
