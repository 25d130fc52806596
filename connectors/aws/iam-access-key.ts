import type { AccessKeyMetadata } from '@aws-sdk/client-iam';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { MalformedError, causes } from '../../src/connector/refusal.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { credential } from '../../src/model/credential.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { Status } from '../../src/model/record.ts';
import { type UserDetail, nextMarker } from './authorization-details.ts';
import { iamBudget } from './budget.ts';
import { type CredentialReport, type KeySlot, trackedSince } from './credential-report.ts';
import { holdsKey, isSameSecond, rowOf, watchedSince } from './report-row.ts';
import type { AccountSession } from './session.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyMetadata.html

export const iamAccessKeyKind = defineKind({
  id: 'aws.iam_access_key',
  title: 'IAM access key',
  record: 'credential',
  proves: 'Acts as its IAM user from anywhere, until it is deactivated or deleted.',
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

type Key = { readonly id: string | undefined; readonly status: string | undefined; readonly createdAt: Date | undefined };
type LastUse = {
  readonly at: Fact<Instant>;
  readonly service?: string | undefined;
  readonly region?: string | undefined;
  /** Undefined: asked at the time of the listing. */
  readonly reportedAt?: Instant;
};
type RawKey = { readonly user: UserDetail; readonly key: Key; readonly lastUse: LastUse };

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
      },
    },
  ],
  operations: [
    { call: 'iam:GetAccountAuthorizationDetails', permission: 'iam:GetAccountAuthorizationDetails' },
    { call: 'iam:ListAccessKeys', permission: 'iam:ListAccessKeys' },
    { call: 'iam:GetCredentialReport', permission: 'iam:GetCredentialReport', facts: ['lastUsedAt'] },
    { call: 'iam:GenerateCredentialReport', permission: 'iam:GenerateCredentialReport', facts: ['lastUsedAt'] },
    { call: 'iam:GetAccessKeyLastUsed', permission: 'iam:GetAccessKeyLastUsed', facts: ['lastUsedAt'] },
  ],

  async *list(session, look) {
    const report = valueOf(await look.learn(async () => known(await session.credentialReport())));
    const refused: Refused[] = [];
    let read = 0;
    for await (const { users } of session.authorizationDetails) {
      const holders = users.filter((user) => mayHoldKeys(user, report));
      for await (const outcome of fanOut(holders, iamBudget.concurrency, (user) => readKeys(session, look, user, report))) {
        if (!('error' in outcome)) {
          read += 1;
          yield outcome.keys;
          continue;
        }
        refused.push(outcome);
        if (read === 0 && refused.length >= patience) throw outcome.error;
      }
    }
    const [first] = refused;
    if (read === 0 && first) throw first.error;
    for (const { user, error } of refused) look.gap(`${session.scope}/user/${user.UserName ?? ''}`, error);
  },

  normalize({ user, key, lastUse }, { session, observedAt }): readonly InventoryRecord[] {
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
        status: statuses[key.status ?? ''] ?? 'unknown',
        managedBy: 'customer',
        createdAt,
        rotatedAt: createdAt,
        lastUsedAt: lastUse.at,
        expiresAt: absent(),
        notBefore: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [{ operation: 'iam:ListAccessKeys', observedAt, fields: ['identity', 'status', 'createdAt', 'rotatedAt'] }, ...lastUsed],
        details: {
          ...(lastUse.service === undefined ? {} : { lastUsedService: lastUse.service }),
          ...(lastUse.region === undefined ? {} : { lastUsedRegion: lastUse.region }),
        },
      }),
    ];
  },
});

const statuses: Readonly<Record<string, Status>> = { Active: 'active', Inactive: 'inactive', Expired: 'expired' };

type Refused = { readonly user: UserDetail; readonly error: unknown };

/** So many users refused in a row, and none read: the permission is missing, not a path closed. */
const patience = 10;

/** Only users whose row shows no key are passed over: without a row of his own, each is asked. */
function mayHoldKeys(user: UserDetail, report: CredentialReport | undefined): boolean {
  const row = report && valueOf(rowOf(user, report));
  return !row || row.additional !== undefined || row.keys.some(holdsKey);
}

/** One closed user does not hide the keys of the others. */
async function readKeys(
  session: AccountSession,
  look: Look,
  user: UserDetail,
  report: CredentialReport | undefined,
): Promise<{ readonly keys: readonly RawKey[] } | Refused> {
  try {
    const keys = await listKeys(session, look.signal, required(user.UserName, 'UserName'));
    const raw: RawKey[] = [];
    for (const key of keys)
      raw.push({ user, key, lastUse: reportedUse(key, keys, user, report) ?? (await askLastUse(session, look, key)) });
    return { keys: raw };
  } catch (error) {
    return { user, error };
  }
}

async function listKeys({ iam }: AccountSession, signal: AbortSignal, user: string): Promise<readonly Key[]> {
  const keys: Key[] = [];
  let marker: string | undefined;
  try {
    do {
      const page = await iam.listAccessKeys(
        { UserName: user, ...(marker === undefined ? {} : { Marker: marker }) },
        { abortSignal: signal },
      );
      keys.push(...required(page.AccessKeyMetadata, 'AccessKeyMetadata').map(toKey));
      marker = nextMarker(page);
    } while (marker !== undefined);
  } catch (error) {
    // Deleted since the users were listed, and its keys with it.
    for (const each of causes(error)) if (each instanceof Error && each.name === 'NoSuchEntityException') return [];
    throw error;
  }
  return keys;
}

function toKey({ AccessKeyId, Status, CreateDate }: AccessKeyMetadata): Key {
  return { id: AccessKeyId, status: Status, createdAt: CreateDate };
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

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html: no date, and `N/A` for the service, is never. */
async function askLastUse({ iam }: AccountSession, look: Look, key: Key): Promise<LastUse> {
  let service: string | undefined;
  let region: string | undefined;
  const at = await look.learn(async () => {
    const answer = await iam.getAccessKeyLastUsed({ AccessKeyId: required(key.id, 'AccessKeyId') }, { abortSignal: look.signal });
    const used = required(answer.AccessKeyLastUsed, 'AccessKeyLastUsed');
    service = used.ServiceName === 'N/A' ? undefined : used.ServiceName;
    region = used.Region === 'N/A' ? undefined : used.Region;
    if (used.LastUsedDate !== undefined) return time(used.LastUsedDate);
    if (service !== undefined) throw new MalformedError('an access key with a service that used it and no date');
    return neverUsed(key);
  });
  return { at, service, region };
}

function neverUsed({ createdAt }: Key): Fact<Instant> {
  return absent(watchedSince(createdAt && instant(createdAt), trackedSince.accessKey));
}
