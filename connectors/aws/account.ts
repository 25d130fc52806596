import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Scope, scope } from '../../src/model/scope.ts';
import { organizationsBudget } from './budget.ts';
import { type ListedMember, type Member, type OrganizationSession, type Tags, isLeft } from './organization.ts';
import { itemsOf } from './pages.ts';

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html

type RawAccount = { readonly member: Member; readonly tags: Fact<Tags> };

const listing = 'organizations:ListAccounts';
const tagging = 'organizations:ListTagsForResource';
const parents = 'organizations:ListParents';

/** No kind of its own: what it lists are the scopes that all else lives in, and whose tags may name an owner. */
export const account: Surface<OrganizationSession> = defineSurface<OrganizationSession, RawAccount>({
  id: 'aws.account',
  title: 'Accounts of the organisation',
  source: 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html',
  level: 'organization',
  kinds: [],
  operations: [
    { call: listing, permission: listing },
    { call: parents, permission: parents },
    { call: tagging, permission: tagging, facts: ['owner'] },
  ],

  async *list({ members }, look) {
    const read = async ({ member, choice }: ListedMember) => {
      const chosen = await choice;
      const tags = isLeft(chosen)
        ? unknown('not-looked', 'the account is not looked at')
        : await look.learn(async () => known(await member.tags()));
      return { member, chosen, tags };
    };
    for await (const { member, chosen, tags } of fanOut(itemsOf(members), organizationsBudget.concurrency, read)) {
      if (isLeft(chosen)) look.leave(`account/${member.id}`, chosen.state, chosen.detail);
      yield [{ member, tags }];
    }
  },

  normalize({ member, tags }, { observedAt }): readonly Scope[] {
    return [
      scope({
        id: `account/${member.id}`,
        provider: 'aws',
        name: member.name,
        tags,
        evidence: [
          { operation: listing, observedAt, fields: ['name'] },
          ...(tags.state === 'known' ? [{ operation: tagging, observedAt, fields: ['tags'] }] : []),
        ],
        details: {
          ...(member.state === undefined ? {} : { state: member.state }),
          ...(member.path === undefined ? {} : { path: member.path }),
          ...(member.joinedAt === undefined ? {} : { joinedAt: member.joinedAt }),
        },
      }),
    ];
  },
});
