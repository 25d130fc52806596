import { required } from '../../src/connector/item.ts';
import { causes } from '../../src/connector/refusal.ts';
import type { UserDetail } from './authorization-details.ts';
import type { AccountSession } from './session.ts';

/** The users of an account that are meant, one by one, in the order of AWS. */
export async function* usersOf(session: AccountSession, isMeant: (user: UserDetail) => boolean = () => true): AsyncGenerator<UserDetail> {
  for await (const { users } of session.authorizationDetails) yield* users.filter(isMeant);
}

/** The scope of a user's own coverage row. */
export function userScope({ scope }: AccountSession, { UserName }: UserDetail): string {
  return `${scope}/user/${UserName ?? ''}`;
}

/** By what IAM is asked about a user. Without an ARN nobody could say whose the answer is. */
export function askable({ Arn, UserName }: UserDetail): string {
  required(Arn, 'Arn');
  return required(UserName, 'UserName');
}

/** What IAM tells of something that was listed a moment ago; undefined when it was deleted since. */
export async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    for (const each of causes(error)) if (each instanceof Error && each.name === 'NoSuchEntityException') return undefined;
    throw error;
  }
}

export async function collected<Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}
