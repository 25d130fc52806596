import { type Known, type Unknown, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Activities, ActivityType } from './activity.ts';
import type { Json } from './answer.ts';
import type { ListedAccount, ListedProject } from './asset-inventory.ts';
import { needsListing } from './confirmation.ts';
import { classify } from './refusal.ts';

/** A raw service account. `listed`: as the inventory knows it. `readAt`: set where only the inventory told of it, as of then. */
export type FoundAccount = { readonly item: Json; readonly listed?: ListedAccount; readonly readAt?: Instant };

type Place = {
  listed(): Promise<ListedProject | undefined>;
  activitiesAtFirst(type: ActivityType): Promise<Activities>;
  now(): Instant;
};

/** By the inventory where nothing speaks against it; else as IAM lists them, each with what the inventory knows of it. */
export async function* accountsOf(
  direct: AsyncIterable<readonly Json[]>,
  { listed, activitiesAtFirst, now }: Place,
): AsyncGenerator<readonly FoundAccount[]> {
  const project = await listed();
  const accounts = project?.accounts ?? [];
  if (
    project &&
    !needsListing(project, { activities: await orUnknown(activitiesAtFirst('serviceAccountLastAuthentication')), now: now() })
  ) {
    yield accounts.map((account) => ({ item: account.item, listed: account, readAt: account.readAt }));
    return;
  }
  const byEmail = new Map(accounts.map((account) => [account.item['email'], account]));
  for await (const page of direct) {
    yield page.map((item) => {
      const account = byEmail.get(item['email']);
      return account === undefined ? { item } : { item, listed: account };
    });
  }
}

/** A refusal decides nothing here: whoever shows the fact is told of it himself. */
async function orUnknown<T>(reading: Promise<T>): Promise<Known<T> | Unknown> {
  try {
    return known(await reading);
  } catch (error) {
    const refusal = classify(error);
    if (!refusal) throw error;
    return unknown(refusal.why);
  }
}
