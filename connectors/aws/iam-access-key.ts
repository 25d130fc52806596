import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Privilege, privilegeFields } from '../../src/connector/privilege.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { credential } from '../../src/model/credential.ts';
import { milliseconds } from '../../src/model/duration.ts';
import { epoch } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { UserDetail } from './authorization-details.ts';
import { iamBudget } from './budget.ts';
import type { CredentialReport, KeySlot } from './credential-report.ts';
import { keyStatus } from './key-status.ts';
import { type Key, type LastUse, askLastUse, neverUsed, toKey, useDetails } from './key-use.ts';
import type { Attachable } from './held-policies.ts';
import { nextMarker } from './next-marker.ts';
import { pagesOf, partsOf } from './pages.ts';
import { reachEvidence, reachOf } from './reach.ts';
import { holdsKey, isSameSecond, rowOf } from './report-row.ts';
import type { AccountSession } from './session.ts';
import { collected, unlessGone, userScope, usersOf } from './users.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyMetadata.html

export const iamAccessKeyKind = defineKind({
  id: 'aws.iam_access_key',
  title: 'IAM access key',
  record: 'credential',
  proves: 'Acts as its IAM user from anywhere, until it is deactivated or deleted.',
  remedy: {
    rotate: 'aws iam create-access-key --user-name {identity/-1}',
    disable: 'aws iam update-access-key --user-name {identity/-1} --access-key-id {id} --status Inactive',
    delete: 'aws iam delete-access-key --user-name {identity/-1} --access-key-id {id}',
  },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    revocation: {
      seen: ['ListAccessKeys shows it Inactive, or no longer', 'GetAccessKeyLastUsed shows no use after that'],
      tokensLive: '36h',
    },
    takesWith: [],
    leavesBehind: [],
  },
});

type RawKey = { readonly user: UserDetail; readonly key: Key; readonly lastUse: LastUse; readonly reach: Fact<Privilege> };

export const iamAccessKey: Surface<AccountSession> = defineSurface<AccountSession, RawKey>({
  id: 'aws.iam_access_key',
  title: 'IAM access keys',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html',
  level: 'account',
  kinds: [
    {
      kind: iamAccessKeyKind,
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
      call: 'iam:ListAccessKeys',
      permission: 'iam:ListAccessKeys',
      fields: { status: 'Status', createdAt: 'CreateDate', rotatedAt: 'CreateDate' },
    },
    {
      call: 'iam:GetCredentialReport',
      permission: 'iam:GetCredentialReport',
      fields: { lastUsedAt: ['access_key_1_last_used_date', 'access_key_2_last_used_date'] },
      facts: ['lastUsedAt'],
    },
    { call: 'iam:GenerateCredentialReport', permission: 'iam:GenerateCredentialReport', facts: ['lastUsedAt'] },
    {
      call: 'iam:GetAccessKeyLastUsed',
      permission: 'iam:GetAccessKeyLastUsed',
      fields: { lastUsedAt: 'AccessKeyLastUsed.LastUsedDate' },
      facts: ['lastUsedAt'],
    },
  ],

  async *list(session, look) {
    // Needed only when the keys are there, so nobody waits for it before.
    const attachable = look.learn(async () => known(await session.attachable()));
    attachable.catch(() => undefined);
    const report = valueOf(await look.learn(async () => known(await session.credentialReport())));
    const current = report && isYoungEnough(report, session, look) ? report : undefined;
    yield* partsOf(
      usersOf(session, (user) => mayHoldKeys(user, report)),
      {
        look,
        width: iamBudget.concurrency,
        scopeOf: (user) => userScope(session, user),
        read: (user) => readKeys(session, look, { user, report: current, attachable }),
      },
    );
  },

  normalize({ user, key, lastUse, reach }, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(key.id, 'AccessKeyId');
    const createdAt = time(key.createdAt);
    const lastUsed: readonly Provenance[] =
      lastUse.at.state === 'unknown'
        ? []
        : [
            lastUse.reportedAt === undefined
              ? { operation: 'iam:GetAccessKeyLastUsed', observedAt, fields: ['lastUsedAt'] }
              : { operation: 'iam:GetCredentialReport', observedAt: lastUse.reportedAt, fields: ['lastUsedAt'] },
          ];
    return [
      credential({
        id,
        kind: iamAccessKeyKind.id,
        provider: 'aws',
        scope: session.scope,
        name: `${required(user.UserName, 'UserName')}/${id}`,
        identity: known(required(user.Arn, 'Arn')),
        status: keyStatus(key.status),
        managedBy: 'customer',
        createdAt,
        rotatedAt: createdAt,
        lastUsedAt: lastUse.at,
        expiresAt: absent(),
        notBefore: absent(),
        purpose: unknown('not-offered'),
        ...privilegeFields(reach),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [
          { operation: 'iam:ListAccessKeys', observedAt, fields: ['identity', 'status', 'createdAt', 'rotatedAt'] },
          ...reachEvidence(reach, observedAt),
          ...lastUsed,
        ],
        details: useDetails(lastUse),
      }),
    ];
  },
});

/** Only users whose row shows no key are passed over: without a row of his own, each is asked. */
function mayHoldKeys(user: UserDetail, report: CredentialReport | undefined): boolean {
  const row = report && valueOf(rowOf(user, report));
  return !row || row.additional !== undefined || row.keys.some(holdsKey);
}

/** Older than the settings allow, it still says who has keys, but not any more when they were used. */
function isYoungEnough({ generatedAt }: CredentialReport, { maxReportAge }: AccountSession, look: Look): boolean {
  return maxReportAge === undefined || epoch(look.now()) - epoch(generatedAt) <= milliseconds(maxReportAge);
}

type KeyHolder = {
  readonly user: UserDetail;
  /** Undefined: AWS is asked for the last use of each key. */
  readonly report: CredentialReport | undefined;
  readonly attachable: Promise<Fact<Attachable>>;
};

async function readKeys(session: AccountSession, look: Look, { user, report, attachable }: KeyHolder): Promise<readonly RawKey[]> {
  const keys = await listKeys(session, look.signal, required(user.UserName, 'UserName'));
  const reach = reachOf(user.holds, await attachable);
  const raw: RawKey[] = [];
  for (const key of keys) {
    raw.push({ user, key, reach, lastUse: reportedUse(key, keys, user, report) ?? (await askLastUse(session.iam, look, key)) });
  }
  return raw;
}

async function listKeys({ iam }: AccountSession, signal: AbortSignal, user: string): Promise<readonly Key[]> {
  const pages = pagesOf('AccessKeyMetadata', async (marker) => {
    const page = await iam.listAccessKeys({ UserName: user, ...(marker === undefined ? {} : { Marker: marker }) }, { abortSignal: signal });
    return { items: page.AccessKeyMetadata, next: nextMarker(page) };
  });
  return (await unlessGone(() => collected(pages)))?.map(toKey) ?? [];
}

/**
 * The last use that the report tells of this key. The report has slots and no ids; a slot is this key's when its time is the creation
 * of this key and of no other. A slot also takes a new time when its key is switched on or off: then none fits, and AWS is asked.
 */
function reportedUse(key: Key, keys: readonly Key[], user: UserDetail, report: CredentialReport | undefined): LastUse | undefined {
  const { createdAt } = key;
  const row = report && valueOf(rowOf(user, report));
  if (!report || !row || createdAt === undefined) return undefined;
  const slots = row.keys.filter((slot) => madeAt(slot, createdAt));
  const twins = keys.filter(
    (each) => each.createdAt !== undefined && Math.floor(each.createdAt.getTime() / 1000) === Math.floor(createdAt.getTime() / 1000),
  );
  const [slot] = slots;
  if (slots.length !== 1 || twins.length !== 1 || !slot || slot.lastUsedAt.state === 'unknown') return undefined;
  const at = slot.lastUsedAt.state === 'absent' ? neverUsed(key) : slot.lastUsedAt;
  return { at, service: slot.service, region: slot.region, reportedAt: report.generatedAt };
}

function madeAt({ rotatedAt }: KeySlot, date: Date): boolean {
  const at = valueOf(rotatedAt);
  return at !== undefined && isSameSecond(at, date);
}
