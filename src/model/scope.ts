import type { Fact, Unknown } from './fact.ts';
import { Provenance } from './provenance.ts';
import { named, text, why } from './schema.ts';

/**
 * What the provider says of a whole scope (account, subscription, resource group, project): its name and tags. It comes before the records
 * that live in it; `reconcile` takes its owner tags as the last, weakest claim, those of the nearest scope first. It is no subject: no
 * policy judges it.
 */
export const ScopeSchema = {
  type: 'object',
  required: ['record', 'id', 'provider', 'name', 'evidence', 'details'],
  additionalProperties: false,
  properties: {
    record: { const: 'scope' },
    /** As in the `scope` of its records, or the start of it: `account/111122223333` also speaks for `account/111122223333/eu-west-1`. */
    id: text,
    provider: text,
    /** Set where the provider also runs on servers of one's own: the host of it. What is there says nothing of what is elsewhere. */
    instance: text,
    name: text,
    /** Left out, and named under `unknown`, where they could not be read. */
    tags: named,
    evidence: { type: 'array', items: Provenance },
    /** For display only; policies may not read it. */
    details: named,
    unknown: { type: 'object', additionalProperties: why },
  },
} as const;
export type Scope = {
  readonly record: 'scope';
  readonly id: string;
  readonly provider: string;
  readonly instance?: string;
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly evidence: readonly Provenance[];
  readonly details: Readonly<Record<string, string>>;
  readonly unknown?: { readonly tags?: Omit<Unknown, 'state'> };
};

type Input = Omit<Scope, 'record' | 'tags' | 'unknown'> & { readonly tags: Fact<Readonly<Record<string, string>>> };

export function scope({ tags, ...plain }: Input): Scope {
  if (tags.state === 'absent') return { record: 'scope', ...plain, tags: {} };
  if (tags.state === 'known') return { record: 'scope', ...plain, tags: tags.value };
  const { state: _, ...reason } = tags;
  return { record: 'scope', ...plain, unknown: { tags: reason } };
}
