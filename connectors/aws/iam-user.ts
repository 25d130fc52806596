import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Privilege, privilegeFields } from '../../src/connector/privilege.ts';
import { type Fact, type Known, type Unknown, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { UserDetail } from './authorization-details.ts';
import type { CredentialReport, ReportRow } from './credential-report.ts';
import { quarantineOf, reachOf } from './reach.ts';
import { lastUse, rowOf } from './report-row.ts';
import type { AccountSession } from './session.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UserDetail.html

export const iamUserKind = defineKind({
  id: 'aws.iam_user',
  title: 'IAM user',
  record: 'identity',
  proves: 'Acts in its AWS account with its own policies and those of its groups.',
  remedy: {
    disable: 'aws iam attach-user-policy --user-name {name} --policy-arn arn:aws:iam::aws:policy/AWSDenyAll',
    delete: 'aws iam delete-user --user-name {name}',
  },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['the user is gone from GetAccountAuthorizationDetails'], tokensLive: '36h' },
    takesWith: [
      'aws.iam_access_key',
      'aws.iam_console_password',
      'aws.iam_ssh_public_key',
      'aws.iam_signing_certificate',
      'aws.iam_service_password',
      'aws.iam_service_api_key',
    ],
    leavesBehind: [],
  },
});

type RawUser = {
  readonly user: UserDetail;
  readonly row: Known<ReportRow> | Unknown;
  readonly reportedAt: Instant | undefined;
  readonly reach: Fact<Privilege>;
};

export const iamUser: Surface<AccountSession> = defineSurface<AccountSession, RawUser>({
  id: 'aws.iam_user',
  title: 'IAM users',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html',
  level: 'account',
  kinds: [
    {
      kind: iamUserKind,
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
    { call: 'iam:GetAccountAuthorizationDetails', permission: 'iam:GetAccountAuthorizationDetails', fields: { createdAt: 'CreateDate' } },
    {
      call: 'iam:GetCredentialReport',
      permission: 'iam:GetCredentialReport',
      fields: { lastUsedAt: ['password_last_used', 'access_key_1_last_used_date', 'access_key_2_last_used_date'] },
      facts: ['lastUsedAt'],
    },
    { call: 'iam:GenerateCredentialReport', permission: 'iam:GenerateCredentialReport', facts: ['lastUsedAt'] },
  ],

  async *list(session, look) {
    const report = await reportOrGap(session, look);
    const attachable = await look.learn(async () => known(await session.attachable()));
    for await (const { users } of session.authorizationDetails) {
      yield users.map((user) => ({
        user,
        row: report.state === 'known' ? rowOf(user, report.value) : report,
        reportedAt: report.state === 'known' ? report.value.generatedAt : undefined,
        reach: reachOf(user.holds, attachable),
      }));
    }
  },

  normalize({ user, row, reportedAt, reach }, { session, observedAt }): readonly InventoryRecord[] {
    const quarantine = quarantineOf(user.holds);
    const lastUsedAt = row.state === 'known' ? lastUse(row.value) : row;
    const fromReport: readonly Provenance[] =
      reportedAt === undefined || lastUsedAt.state === 'unknown'
        ? []
        : [{ operation: 'iam:GetCredentialReport', observedAt: reportedAt, fields: ['lastUsedAt'] }];
    return [
      identity({
        id: required(user.Arn, 'Arn'),
        kind: iamUserKind.id,
        provider: 'aws',
        scope: session.scope,
        name: required(user.UserName, 'UserName'),
        status: 'active',
        managedBy: 'customer',
        createdAt: time(user.CreateDate),
        lastUsedAt,
        expiresAt: absent(),
        purpose: unknown('not-offered'),
        ...privilegeFields(reach),
        owners: [],
        tags: user.tags,
        evidence: [
          { operation: 'iam:GetAccountAuthorizationDetails', observedAt, fields: ['createdAt', 'privilege', 'tags'] },
          ...fromReport,
        ],
        details: {
          ...(user.UserId === undefined ? {} : { userId: user.UserId }),
          ...(user.Path === undefined ? {} : { path: user.Path }),
          ...shown(valueOf(row)),
          ...(quarantine === undefined ? {} : { quarantinedByAws: quarantine }),
        },
      }),
    ];
  },
});

/** Without the report all users are still listed; that it could not be read gets a row, since every last use is lost with it. */
async function reportOrGap(session: AccountSession, look: Look): Promise<Known<CredentialReport> | Unknown> {
  const report = await look.learn(async () => {
    try {
      return known(await session.credentialReport());
    } catch (error) {
      look.gap(`${session.scope}/credential-report`, error);
      throw error;
    }
  });
  return report.state === 'absent' ? unknown('not-looked') : report;
}

function shown(row: ReportRow | undefined): Readonly<Record<string, string>> {
  return {
    ...(row?.password.enabled === undefined ? {} : { consolePassword: row.password.enabled ? 'yes' : 'no' }),
    ...(row?.mfaActive === undefined ? {} : { mfa: row.mfaActive ? 'yes' : 'no' }),
  };
}
