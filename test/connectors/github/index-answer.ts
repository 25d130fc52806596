import type { Answer } from './answers.ts';

export type Repository = {
  readonly name: string;
  readonly archived?: boolean;
  readonly disabled?: boolean;
  /** Null: refused. */
  readonly environments?: readonly string[] | null;
  readonly moreEnvironments?: boolean;
  /** Text of CODEOWNERS in `.github`; null where it is refused. */
  readonly codeowners?: string | null;
};

/** The index of repositories, one page, as GraphQL gives it: ids count from 1. */
export function indexAnswer(repositories: readonly Repository[]): Answer {
  const named = repositories.map((each) => ({ ...each, nameWithOwner: `larkspur-foods/${each.name}` }));
  const nodes = named.map(({ nameWithOwner, archived = false, disabled = false }, index) => ({
    databaseId: index + 1,
    nameWithOwner,
    isArchived: archived,
    isDisabled: disabled,
  }));
  const environments = named.map(({ nameWithOwner, environments: names = [], moreEnvironments = false }) =>
    names === null
      ? null
      : { nameWithOwner, environments: { nodes: names.map((name) => ({ name })), pageInfo: { hasNextPage: moreEnvironments } } },
  );
  const codeowners = named.map(({ nameWithOwner, codeowners: text }) => {
    if (text === null) return null;
    return { nameWithOwner, github: text === undefined ? null : { text, isTruncated: false }, root: null, docs: null };
  });
  const refused = [...environments, ...codeowners].includes(null);
  return {
    body: {
      data: {
        organization: {
          repositories: { nodes, pageInfo: { hasNextPage: false, endCursor: null } },
          counts: { nodes: named.map(({ nameWithOwner }) => ({ nameWithOwner, deployKeys: { totalCount: 1 } })) },
          environments: { nodes: environments },
          codeowners: { nodes: codeowners },
        },
      },
      ...(refused ? { errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] } : {}),
    },
  };
}
