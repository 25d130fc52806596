import type { Account, Organizations } from '@aws-sdk/client-organizations';
import { required } from '../../src/connector/item.ts';
import { MalformedError, causes } from '../../src/connector/refusal.ts';
import { sharedPages } from '../../src/connector/shared-pages.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { organizationsBudget, pagesAhead } from './budget.ts';
import { type Login, clientConfig } from './login.ts';
import { pagesOf } from './pages.ts';
import { isNamed } from './selection.ts';
import type { OrganizationSettings } from './settings.ts';
import { tagsOf } from './tags.ts';
import { openUnits } from './units.ts';

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html

export type Tags = Readonly<Record<string, string>>;
export type Member = {
  readonly id: string;
  readonly name: string;
  /** `ACTIVE`, `SUSPENDED` … */
  readonly state: string | undefined;
  /** `o-a1b2c3d4e5/r-f6g7/ou-f6g7-11111111/111122223333/` */
  readonly path: string | undefined;
  readonly joinedAt: Instant | undefined;
  readonly organization: string;
  /** The account of the organisation itself, whose root user no other account can be. */
  readonly isManagement: boolean;
  /** Asked for once. */
  tags(): Promise<Tags>;
};
/** What becomes of an account in this run; `undecided` where the settings ask for what could not be learned. */
export type Choice =
  | { readonly state: 'looked-at' }
  | { readonly state: 'not-enabled' | 'skipped'; readonly detail: string }
  | { readonly state: 'undecided'; readonly error: unknown };
export type ListedMember = { readonly member: Member; readonly choice: Promise<Choice> };

/** The accounts of an organisation, listed once for all readers. */
export type OrganizationSession = { readonly scope: string; readonly members: AsyncIterable<readonly ListedMember[]> };

/** Not looked at, on purpose. */
export function isLeft(choice: Choice): choice is Extract<Choice, { readonly detail: string }> {
  return choice.state === 'not-enabled' || choice.state === 'skipped';
}

/** Asks for the first accounts, whose ARNs name the organisation. Throws the refusal, or OperatorError where there is none. */
export async function openOrganization(settings: OrganizationSettings, login: Login): Promise<OrganizationSession> {
  const { Organizations } = await import('@aws-sdk/client-organizations');
  const { context } = login;
  const client = new Organizations(clientConfig({ ...login, wire: context.wire(organizationsBudget) }));
  const unitsAbove = openUnits(client, context.signal);
  const members = sharedPages(
    memberPages(client, context.signal, (member) => ({ member, choice: choose(member, settings, unitsAbove) })),
    pagesAhead,
  );
  for await (const page of members) {
    const [first] = page;
    if (first) return { scope: `organization/${first.member.organization}`, members };
  }
  throw new MalformedError('an organisation without accounts');
}

/** At most 20 a page; a page may be empty and still name a next one. */
async function* memberPages(
  client: Organizations,
  signal: AbortSignal,
  listed: (member: Member) => ListedMember,
): AsyncGenerator<readonly ListedMember[], undefined> {
  const pages = pagesOf('Accounts', async (token) => {
    const page = await unlessAlone(
      client.listAccounts({ MaxResults: 20, ...(token === undefined ? {} : { NextToken: token }) }, { abortSignal: signal }),
    );
    return { items: page.Accounts, next: page.NextToken };
  });
  for await (const page of pages) yield page.map((account) => listed(toMember(account, client, signal)));
  return undefined;
}

/** The operator asks for the accounts of an organisation that is not there: nothing would be looked at, and nothing be wrong. */
async function unlessAlone<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    for (const each of causes(error)) {
      if (!(each instanceof Error) || each.name !== 'AWSOrganizationsNotInUseException') continue;
      throw new OperatorError('config-invalid', {
        message: 'the account of the login is in no organisation',
        hint: 'remove `organization` under connectors.aws, or log in to the management account',
      });
    }
    throw error;
  }
}

/** `arn:aws:organizations::<management account>:account/<organisation>/<account>` */
function toMember(account: Account, client: Organizations, signal: AbortSignal): Member {
  const id = required(account.Id, 'Id');
  const [, , , , management, resource = ''] = required(account.Arn, 'Arn').split(':');
  let tags: Promise<Tags> | undefined;
  return {
    id,
    name: account.Name ?? id,
    // `Status` is to go: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html
    state: account.State ?? account.Status,
    path: account.Paths?.find((path) => path.includes(`/${id}/`)),
    joinedAt: account.JoinedTimestamp && instant(account.JoinedTimestamp),
    organization: required(resource.split('/')[1], 'an organisation in its Arn'),
    isManagement: id === management,
    tags: () => (tags ??= readTags(id, client, signal)),
  };
}

async function readTags(id: string, client: Organizations, signal: AbortSignal): Promise<Tags> {
  const tags: Record<string, string> = {};
  const pages = pagesOf('Tags', async (token) => {
    const input = { ResourceId: id, ...(token === undefined ? {} : { NextToken: token }) };
    const page = await client.listTagsForResource(input, { abortSignal: signal });
    return { items: page.Tags, next: page.NextToken };
  });
  for await (const page of pages) Object.assign(tags, tagsOf(page));
  return tags;
}

async function choose(
  member: Member,
  { include, exclude }: OrganizationSettings,
  unitsAbove: ReturnType<typeof openUnits>,
): Promise<Choice> {
  if (member.state !== undefined && member.state !== 'ACTIVE') {
    return { state: 'not-enabled', detail: `account ${member.name} is ${member.state.toLowerCase().replaceAll('_', ' ')}` };
  }
  const candidate = { ...member, units: () => unitsAbove(member) };
  try {
    if (include && !(await isNamed(include, candidate)))
      return { state: 'skipped', detail: `account ${member.name} is not among connectors.aws.organization.include` };
    if (exclude && (await isNamed(exclude, candidate)))
      return { state: 'skipped', detail: `account ${member.name} is left out by connectors.aws.organization.exclude` };
  } catch (error) {
    return { state: 'undecided', error };
  }
  return { state: 'looked-at' };
}
