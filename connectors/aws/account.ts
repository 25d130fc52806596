import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Scope, scope } from '../../src/model/scope.ts';
import { organizationsBudget } from './budget.ts';
import { type Choice, type ListedMember, type Member, type OrganizationSession, type Tags, isLeft } from './organization.ts';
import { itemsOf, partsOf } from './pages.ts';

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html

type RawAccount = { readonly member: Member; readonly chosen: Choice; readonly tags: Fact<Tags> };

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
    const read = async ({ member, choice }: ListedMember): Promise<readonly RawAccount[]> => {
      const chosen = await choice;
      if (chosen.state !== 'looked-at') return [{ member, chosen, tags: unknown('not-looked', 'the account is not looked at') }];
      return [{ member, chosen, tags: await look.learn(async () => known(await member.tags())) }];
    };
    const scopeOf = ({ member }: ListedMember): string => `account/${member.id}`;
    const accounts = partsOf(itemsOf(members), { look, width: organizationsBudget.concurrency, scopeOf, read });
    for await (const page of accounts) {
      for (const { member, chosen } of page) {
        if (isLeft(chosen)) look.leave(`account/${member.id}`, chosen.state, chosen.detail);
        if (chosen.state === 'undecided') look.gap(`account/${member.id}`, chosen.error);
      }
      yield page;
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
