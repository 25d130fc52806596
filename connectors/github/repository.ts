// https://docs.github.com/graphql/reference/objects#repository
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { type Fact, known } from '../../src/model/fact.ts';
import { type Scope, scope } from '../../src/model/scope.ts';
import { type IndexedRepository, indexOperation, repositoriesOf } from './repository-index.ts';
import { scopeOf } from './repository-parts.ts';
import { type Properties, propertiesOf, propertiesOperation } from './repository-properties.ts';
import type { GitHubSession } from './session.ts';
import { gapOfHidden, gapOfOthers } from './unseen-repositories.ts';

type Item = { readonly repository: IndexedRepository; readonly properties: Fact<Properties> };

/**
 * No kind of its own: what it lists are the scopes that all else lives in, whose custom properties may name an owner, and which others
 * trust by name. Where it is complete, a name that it lacks is nobody's: a former name forwards until somebody takes it, and is not listed.
 */
export const repository = defineSurface<GitHubSession, Item>({
  id: 'github.repository',
  title: 'Repositories of the organization',
  source: 'https://docs.github.com/graphql/reference/objects#repository',
  level: 'organization',
  kinds: [],
  operations: [indexOperation, propertiesOperation],
  list,
  normalize,
});

async function* list(session: GitHubSession, look: Look): AsyncGenerator<readonly Item[]> {
  const properties = await look.learn(async () => known(await propertiesOf(session, look.signal)));
  let listed = 0;
  for await (const page of await repositoriesOf(session, look.signal)) {
    listed += page.length;
    yield page.map((each) => ({ repository: each, properties }));
  }
  gapOfOthers(session, look, 'the others are not listed');
  gapOfHidden(session, look, listed);
}

function normalize({ repository: given, properties }: Item, { session, observedAt }: Seen<GitHubSession>): readonly Scope[] {
  const { id, owner, name } = given;
  return [
    scope({
      id: scopeOf(given),
      provider: 'github',
      ...(session.instance === '' ? {} : { instance: session.instance }),
      name: `${owner}/${name}`,
      tags: properties.state === 'known' ? known(properties.value.get(id) ?? {}) : properties,
      evidence: [
        { operation: indexOperation.call, observedAt, fields: ['name', 'details'] },
        ...(properties.state === 'known' ? [{ operation: propertiesOperation.call, observedAt, fields: ['tags'] }] : []),
      ],
      details: { number: id, ...stateOf(given) },
    }),
  ];
}

function stateOf({ archived, disabled }: IndexedRepository): Readonly<Record<string, string>> {
  if (disabled) return { state: 'disabled' };
  return archived ? { state: 'archived' } : {};
}
