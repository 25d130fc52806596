import type { Fact, Unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';

export type Tags = Readonly<Record<string, string>>;

export type ToldTags = {
  readonly tags: Tags;
  /** Set where the tags could not be read: that nobody is named then does not mean that nobody owns it. */
  readonly owners: { readonly ownersUnknown?: Unknown };
  readonly evidence: readonly Provenance[];
};

/** What a record takes from tags that cost a call of their own. */
export function toldTags(tags: Fact<Tags>, operation: string, observedAt: Instant): ToldTags {
  if (tags.state === 'unknown') return { tags: {}, owners: { ownersUnknown: tags }, evidence: [] };
  return {
    tags: tags.state === 'known' ? tags.value : {},
    owners: {},
    evidence: [{ operation, observedAt, fields: ['tags'] }],
  };
}
