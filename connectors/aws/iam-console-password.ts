import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Privilege, privilegeFields } from '../../src/connector/privilege.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { UserDetail } from './authorization-details.ts';
import { iamBudget } from './budget.ts';
import { type CredentialReport, type ReportRow, trackedSince } from './credential-report.ts';
import { partsOf } from './pages.ts';
import { reachEvidence, reachOf } from './reach.ts';
import { rowOf, watchedSince } from './report-row.ts';
import type { AccountSession } from './session.ts';
import { askable, unlessGone, userScope, usersOf } from './users.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html

export const consolePasswordKind = defineKind({
  id: 'aws.iam_console_password',
  title: 'Console password of an IAM user',
  record: 'credential',
  proves: 'Signs in to the console as its IAM user, together with its MFA device where there is one.',
  remedy: {
    rotate: 'aws iam update-login-profile --user-name {identity/-1} --password-reset-required',
    delete: 'aws iam delete-login-profile --user-name {identity/-1}',
  },
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['GetLoginProfile answers NoSuchEntity'], tokensLive: '12h' },
    takesWith: [],
    leavesBehind: [],
  },
});

/** `row`: left out for users that are newer than the report. `profile`: what GetLoginProfile says, where it was asked. */
type RawPassword = {
  readonly user: UserDetail;
  readonly row: ReportRow['password'] | undefined;
  readonly reportedAt: Instant;
  readonly profile: Fact<Instant>;
  readonly reach: Fact<Privilege>;
};

const reporting = 'iam:GetCredentialReport';
const asking = 'iam:GetLoginProfile';

export const iamConsolePassword: Surface<AccountSession> = defineSurface<AccountSession, RawPassword>({
  id: 'aws.iam_console_password',
  title: 'Console passwords of IAM users',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html',
  level: 'account',
  kinds: [
    {
      kind: consolePasswordKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        lastUsedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        owner: 'from-tags',
        purpose: 'from-tags',
        privilege: 'exposed',
      },
    },
  ],
  operations: [
    { call: 'iam:GetAccountAuthorizationDetails', permission: 'iam:GetAccountAuthorizationDetails' },
    {
      call: reporting,
      permission: reporting,
      fields: { status: 'password_enabled', rotatedAt: 'password_last_changed', lastUsedAt: 'password_last_used' },
    },
    { call: 'iam:GenerateCredentialReport', permission: 'iam:GenerateCredentialReport' },
    { call: asking, permission: asking, fields: { createdAt: 'LoginProfile.CreateDate' }, facts: ['createdAt'] },
  ],

  async *list(session, look) {
    const report = await session.credentialReport();
    const attachable = await look.learn(async () => known(await session.attachable()));
    yield* partsOf(
      usersOf(session, (user) => mayHavePassword(user, report)),
      {
        look,
        width: iamBudget.concurrency,
        scopeOf: (user) => userScope(session, user),
        read: (user) => readPassword(session, look, user, report, reachOf(user.holds, attachable)),
      },
    );
  },

  normalize({ user, row, reportedAt, profile, reach }, { session, observedAt }): readonly InventoryRecord[] {
    const arn = required(user.Arn, 'Arn');
    const changeDue = row && valueOf(row.nextRotationAt);
    const fromReport =
      row === undefined ? [] : [{ operation: reporting, observedAt: reportedAt, fields: ['status', 'rotatedAt', 'lastUsedAt'] }];
    const fromProfile = profile.state === 'unknown' ? [] : [{ operation: asking, observedAt, fields: ['createdAt'] }];
    return [
      credential({
        id: `${arn}/console-password`,
        kind: consolePasswordKind.id,
        provider: 'aws',
        scope: session.scope,
        name: `${required(user.UserName, 'UserName')}/console-password`,
        identity: known(arn),
        status: 'active',
        managedBy: 'customer',
        createdAt: profile,
        rotatedAt: row?.changedAt ?? tooNew(reportedAt),
        lastUsedAt: row === undefined ? tooNew(reportedAt) : lastUse(row),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: unknown('not-offered'),
        ...privilegeFields(reach),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [...fromReport, ...fromProfile, ...reachEvidence(reach, observedAt)],
        // A date by which its holder must set a new one at the next sign-in: neither an end nor something that AWS does.
        details: changeDue === undefined ? {} : { changeDueAt: changeDue },
      }),
    ];
  },
});

function mayHavePassword(user: UserDetail, report: CredentialReport): boolean {
  return valueOf(rowOf(user, report))?.password.enabled !== false;
}

/**
 * The report tells who has a password. When it was first set is asked only where that decides: of users that the report does not know
 * yet, and of passwords that were never used.
 */
async function readPassword(
  { iam }: AccountSession,
  look: Look,
  user: UserDetail,
  report: CredentialReport,
  reach: Fact<Privilege>,
): Promise<readonly RawPassword[]> {
  const row = valueOf(rowOf(user, report))?.password;
  const raw = { user, row, reportedAt: report.generatedAt, reach };
  if (row?.enabled === true && row.lastUsedAt.state !== 'absent') return [{ ...raw, profile: unknown('not-looked') }];
  const ask = async (): Promise<Fact<Instant>> => {
    const UserName = askable(user);
    const profile = await unlessGone(() => iam.getLoginProfile({ UserName }, { abortSignal: look.signal }));
    return profile === undefined ? absent() : time(profile.LoginProfile?.CreateDate);
  };
  // Where the report knows the password, a refusal costs its first date alone.
  const profile = row?.enabled === true ? await look.learn(ask) : await ask();
  return profile.state === 'absent' ? [] : [{ ...raw, profile }];
}

/** Watched since it was last changed at the earliest that can be said. */
function lastUse({ lastUsedAt, changedAt }: ReportRow['password']): Fact<Instant> {
  return lastUsedAt.state === 'absent' ? absent(watchedSince(valueOf(changedAt), trackedSince.password)) : lastUsedAt;
}

function tooNew(reportedAt: Instant) {
  return unknown('stale', `the user is newer than the credential report of ${reportedAt}`);
}
