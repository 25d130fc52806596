import { type Fact, type Unknown, known } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { ownersIn } from './codeowners.ts';
import { type IndexedRepository, indexOperation } from './repository-index.ts';
import { propertiesOperation } from './repository-properties.ts';
import type { InRepository } from './repository-parts.ts';

type Inherited = {
  readonly scope: string;
  readonly owners: readonly OwnerClaim[];
  readonly ownersUnknown?: Unknown;
  readonly tags: Readonly<Record<string, string>>;
  readonly evidence: readonly Provenance[];
  readonly details: Readonly<Record<string, string>>;
};

/**
 * What everything in a repository takes from it: its custom properties as tags, so that the conventions for owner, workload and vendor
 * apply to them; the owners in its CODEOWNERS; and that it is archived. `owners`: those that the item itself names, who come first.
 */
export function inheritedFrom(
  { repository, scope, properties }: Omit<InRepository<unknown>, 'item'>,
  observedAt: Instant,
  owners: readonly OwnerClaim[] = [],
): Inherited {
  const codeowners = repository.codeowners ?? known('');
  const unread = [properties, codeowners].find((each) => each.state === 'unknown');
  return {
    scope,
    owners: [...owners, ...(codeowners.state === 'known' ? ownersIn(codeowners.value) : [])],
    ...(unread ? { ownersUnknown: unread } : {}),
    tags: properties.state === 'known' ? (properties.value.get(repository.id) ?? {}) : {},
    evidence: evidenceOf(repository, properties, observedAt),
    // Its Actions do not run and nothing can be pushed, but what it holds is still there, and a key still reads.
    details: repository.archived ? { repository: 'archived' } : {},
  };
}

function evidenceOf({ codeowners }: IndexedRepository, properties: Fact<unknown>, observedAt: Instant): readonly Provenance[] {
  const fields = ['scope', 'details', ...(codeowners === undefined ? [] : ['owners'])];
  return [
    { operation: indexOperation.call, observedAt, fields },
    ...(properties.state === 'known' ? [{ operation: propertiesOperation.call, observedAt, fields: ['tags'] }] : []),
  ];
}
