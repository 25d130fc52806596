import type { GitHubSession } from './session.ts';

export type Shown<Item> = { readonly organization: string; readonly item: Item };

/**
 * What several organizations of a run show under one number, in the order of the settings: a user, or a token that each of them
 * authorized. An organization that cannot be read shows nothing here; its own row of coverage says so.
 */
export async function acrossOrganizations<Item>(
  { peers }: GitHubSession,
  read: (peer: GitHubSession) => Promise<{ readonly items: readonly Item[] }>,
  idOf: (item: Item) => unknown,
): Promise<ReadonlyMap<string, readonly Shown<Item>[]>> {
  const answers = await Promise.allSettled(
    peers.map(async (open) => {
      const peer = await open();
      const { items } = await read(peer);
      return items.map((item) => ({ organization: peer.organization.login, item }));
    }),
  );
  const shown = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  return Map.groupBy(shown, ({ item }) => String(idOf(item)));
}

/** A record is given once in a run: by the first organization that shows it. */
export function isFirst(shown: readonly Shown<unknown>[] | undefined, { organization }: GitHubSession): boolean {
  return shown === undefined || shown[0]?.organization === organization.login;
}
