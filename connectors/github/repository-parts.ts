import type { Look } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { type Fact, known } from '../../src/model/fact.ts';
import { type ReadThrough, readThrough } from './read-through.ts';
import { RefusedEverywhereError, classify } from './refusal.ts';
import { type IndexedRepository, repositoriesOf } from './repository-index.ts';
import { type Properties, propertiesOf } from './repository-properties.ts';
import type { GitHubSession } from './session.ts';
import { gapOfOthers } from './unseen-repositories.ts';

/** One list in a repository, or why there is none. */
export type Part<Item> = {
  readonly repository: IndexedRepository;
  /** `repository/acme/shop`, or a place in it. */
  readonly scope: string;
} & ({ pages(): AsyncIterable<readonly Item[]> } | { readonly refused: unknown });
/** An item with what is known of the repository around it. */
export type InRepository<Item> = {
  readonly repository: IndexedRepository;
  readonly scope: string;
  readonly properties: Fact<Properties>;
  readonly item: Item;
};

/** So many lists refuse before any answered: the login is not let in anywhere, and asking thousands more would only burden GitHub. */
const refusedEverywhere = 25;
/** Refused parts with a row of their own; the others share one. */
const ownRows = 20;

export function scopeOf({ owner, name }: IndexedRepository): string {
  return `repository/${owner}/${name}`;
}

/**
 * Pages of what the repositories hold, in the order of the index, a page for each part that holds something. A part that refuses is a
 * gap of its own; an index that breaks off, a limit that does not end, or a refusal everywhere ends the surface.
 */
export async function* readParts<Item>(
  session: GitHubSession,
  look: Look,
  partsOf: (repository: IndexedRepository) => Iterable<Part<Item>> | AsyncIterable<Part<Item>>,
): AsyncGenerator<readonly InRepository<Item>[]> {
  const { organization } = session;
  const properties = await look.learn(async () => known(await propertiesOf(session, look.signal)));
  const walked = walk(session, look, partsOf);
  const gaps = openGaps(look, `organization/${organization.login}`);
  for await (const { part, items, broke } of fanOut(walked.parts, 10, read)) {
    look.signal.throwIfAborted();
    const { repository, scope } = part;
    if (items.length > 0) yield items.map((item) => ({ repository, scope, properties, item }));
    if (broke) gaps.add(scope, broke.error);
    else gaps.answered();
  }
  gaps.close();
  gapOfOthers(session, look, 'the others are not listed');
  const broke = walked.broke();
  if (broke) throw broke.error;
}

async function read<Item>(part: Part<Item>): Promise<Omit<ReadThrough<Item>, 'pages'> & { readonly part: Part<Item> }> {
  if ('refused' in part) return { part, items: [], broke: { error: part.refused } };
  return { part, ...(await readThrough(part.pages())) };
}

/** The parts of all repositories. An index that breaks off ends them early; what came before it is still read. */
function walk<Item>(
  session: GitHubSession,
  look: Look,
  partsOf: (repository: IndexedRepository) => Iterable<Part<Item>> | AsyncIterable<Part<Item>>,
) {
  let broke: ReadThrough<never>['broke'];
  async function* parts(): AsyncGenerator<Part<Item>> {
    try {
      for await (const page of await repositoriesOf(session, look.signal)) {
        for (const repository of page) {
          // https://docs.github.com/graphql/reference/objects#repository: nobody can read or use what is in it.
          if (repository.disabled) look.leave(scopeOf(repository), 'not-enabled', 'GitHub has disabled this repository');
          else yield* partsOf(repository);
        }
      }
    } catch (error) {
      broke = { error };
    }
  }
  return { parts: parts(), broke: () => broke };
}

function openGaps(look: Look, organization: string) {
  let answered = false;
  let refused = 0;
  let last: unknown;
  return {
    answered() {
      answered = true;
    },
    add(scope: string, error: unknown) {
      // Asking on under a limit that was given up on brings nothing, and a longer limit.
      if (classify(error)?.why === 'throttled') throw error;
      refused += 1;
      last = error;
      if (refused <= ownRows) look.gap(scope, error);
      if (!answered && refused >= refusedEverywhere) throw new RefusedEverywhereError(refused, error);
    },
    close() {
      if (refused > ownRows) look.gap(`${organization}/${String(refused - ownRows)} more`, last);
    },
  };
}
