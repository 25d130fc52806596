import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Privilege, privilegeFields } from '../../src/connector/privilege.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { day } from '../../src/model/duration.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Trust } from '../../src/model/trust.ts';
import type { RoleDetail } from './authorization-details.ts';
import { reachOf } from './reach.ts';
import { watchedSince } from './report-row.ts';
import type { AccountSession } from './session.ts';
import { parseTrustPolicy } from './trust-policy.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html

export const iamRoleKind = defineKind({
  id: 'aws.iam_role',
  title: 'IAM role',
  record: 'identity',
  proves: 'Acts in its AWS account with its own policies, for whomever its trust policy lets in.',
  remedy: {
    disable: 'aws iam attach-role-policy --role-name {name} --policy-arn arn:aws:iam::aws:policy/AWSDenyAll',
    delete: 'aws iam delete-role --role-name {name}',
  },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['the role is gone from GetAccountAuthorizationDetails'], tokensLive: '12h' },
    takesWith: [],
    leavesBehind: [],
  },
});

type RawRole = { readonly role: RoleDetail; readonly reach: Fact<Privilege> };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html#access_policies_last-accessed-reporting-period */
const trackedDays = 400;

export const iamRole: Surface<AccountSession> = defineSurface<AccountSession, RawRole>({
  id: 'aws.iam_role',
  title: 'IAM roles',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html',
  level: 'account',
  kinds: [
    {
      kind: iamRoleKind,
      facts: {
        createdAt: 'exposed',
        lastUsedAt: 'exposed',
        expiresAt: 'never',
        purpose: 'from-tags',
        owner: 'from-tags',
        privilege: 'exposed',
      },
    },
  ],
  operations: [
    {
      call: 'iam:GetAccountAuthorizationDetails',
      permission: 'iam:GetAccountAuthorizationDetails',
      fields: { createdAt: 'CreateDate', lastUsedAt: 'RoleLastUsed.LastUsedDate' },
    },
  ],

  async *list(session, look) {
    const attachable = await look.learn(async () => known(await session.attachable()));
    for await (const { roles } of session.authorizationDetails) {
      yield roles.map((role) => ({ role, reach: reachOf(role.holds, attachable) }));
    }
  },

  normalize({ role, reach }, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(role.Arn, 'Arn');
    return [
      identity({
        id,
        kind: iamRoleKind.id,
        provider: 'aws',
        scope: session.scope,
        name: required(role.RoleName, 'RoleName'),
        status: 'active',
        managedBy: managerOf(role.Path ?? '/'),
        createdAt: time(role.CreateDate),
        lastUsedAt: lastUse(role, observedAt),
        expiresAt: absent(),
        purpose: unknown('not-offered'),
        ...privilegeFields(reach),
        trust: trustOf(role, id),
        owners: [],
        tags: role.tags,
        evidence: [
          {
            operation: 'iam:GetAccountAuthorizationDetails',
            observedAt,
            fields: ['createdAt', 'lastUsedAt', 'privilege', 'trust', 'tags'],
          },
        ],
        details: {
          ...(role.RoleId === undefined ? {} : { roleId: role.RoleId }),
          ...(role.Path === undefined ? {} : { path: role.Path }),
          ...(role.lastUsedRegion === undefined || role.lastUsedRegion === '' ? {} : { lastUsedRegion: role.lastUsedRegion }),
        },
      }),
    ];
  },
});

/** Only these two paths are out of the customer's hands; `/service-role/` is where the console puts roles that it makes for him. */
function managerOf(path: string): 'customer' | 'provider' | 'service' {
  if (path.startsWith('/aws-service-role/')) return 'service';
  return path.startsWith('/aws-reserved/') ? 'provider' : 'customer';
}

/** No date: not used within the time that AWS looks back, nor longer ago than the role exists. Before that, nobody can tell. */
function lastUse({ lastUsed, CreateDate }: RoleDetail, observedAt: Instant): Fact<Instant> {
  if (lastUsed !== undefined) return time(lastUsed);
  const windowStart = instant(epoch(observedAt) - trackedDays * day) ?? observedAt;
  return absent(watchedSince(CreateDate && instant(CreateDate), windowStart));
}

function trustOf({ AssumeRolePolicyDocument }: RoleDetail, id: string): readonly Trust[] {
  try {
    return parseTrustPolicy(required(AssumeRolePolicyDocument, 'AssumeRolePolicyDocument'), id.split(':')[4] ?? '');
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new MalformedError(`${id}: ${error.message}`, { cause: error });
  }
}
