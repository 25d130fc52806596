import type { KMSClient } from '@aws-sdk/client-kms';
import type { Look } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { causes } from '../../src/connector/refusal.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import { kindOf, kmsFixedKeyKind, kmsKeyKind } from './kms-key-kinds.ts';
import type { KmsKey } from './kms-key-reads.ts';
import { itemsOf, pagesOf } from './pages.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html

export type Schedule = { readonly dueAt: Fact<Instant>; readonly periodInDays?: number | undefined };
export type Reader = { readonly kms: KMSClient; readonly session: RegionSession; readonly look: Look };
type Asked = { readonly kms: KMSClient; readonly keyId: string; readonly signal: AbortSignal };

/** The newest rotation. Absent where there was none: the first material has no date of its own, and is as old as the key. */
export async function rotationOf(key: KmsKey, reader: Reader): Promise<Fact<Instant>> {
  if (key.Origin === 'EXTERNAL_KEY_STORE') return unknown('not-offered', 'its material is in a key store outside AWS');
  if (kindOf(key) === kmsFixedKeyKind) return absent();
  if (isEnding(key)) return ending;
  return reader.look.learn(() => unlessNotApplicable(async () => newestRotation(await whomToAsk(key, reader)), absent()));
}

/** Undefined for a key that KMS rotates for nobody. */
export async function scheduleOf(key: KmsKey, reader: Reader): Promise<Schedule | undefined> {
  if (kindOf(key) !== kmsKeyKind) return undefined;
  if (isEnding(key)) return { dueAt: ending };
  const schedule = await reader.look.learn(() =>
    unlessNotApplicable(async () => known(await statusOf(await whomToAsk(key, reader))), known<Schedule>({ dueAt: absent() })),
  );
  return schedule.state === 'known' ? schedule.value : { dueAt: schedule };
}

/** Rotation is a shared property of a multi-Region key: its primary is asked, wherever that is. */
async function whomToAsk({ KeyId, MultiRegionConfiguration }: KmsKey, { kms, session, look }: Reader): Promise<Asked> {
  const { MultiRegionKeyType, PrimaryKey } = MultiRegionConfiguration ?? {};
  const { signal } = look;
  if (MultiRegionKeyType !== 'REPLICA') return { kms, keyId: required(KeyId, 'KeyId'), signal };
  const { KMSClient } = await import('@aws-sdk/client-kms');
  const there = await session.elsewhere(required(PrimaryKey?.Region, 'the region of the primary key'))(() => Promise.resolve(KMSClient));
  return { kms: there, keyId: required(PrimaryKey?.Arn, 'the primary key'), signal };
}

async function statusOf({ kms, keyId, signal }: Asked): Promise<Schedule> {
  const { GetKeyRotationStatusCommand } = await import('@aws-sdk/client-kms');
  const status = await kms.send(new GetKeyRotationStatusCommand({ KeyId: keyId }), { abortSignal: signal });
  if (!required(status.KeyRotationEnabled, 'KeyRotationEnabled')) return { dueAt: absent() };
  return { dueAt: time(status.NextRotationDate), periodInDays: status.RotationPeriodInDays };
}

async function newestRotation({ kms, keyId, signal }: Asked): Promise<Fact<Instant>> {
  const { ListKeyRotationsCommand } = await import('@aws-sdk/client-kms');
  const pages = pagesOf('Rotations', async (token) => {
    const page = await kms.send(new ListKeyRotationsCommand({ KeyId: keyId, Limit: 1000, Marker: token }), { abortSignal: signal });
    return { items: page.Rotations, next: page.NextMarker };
  });
  let newest: Instant | undefined;
  for await (const { RotationDate } of itemsOf(pages)) {
    const at = RotationDate && instant(RotationDate);
    if (at !== undefined && (newest === undefined || epoch(at) > epoch(newest))) newest = at;
  }
  return newest === undefined ? absent() : known(newest);
}

const ending = unknown('not-looked', 'it is scheduled for deletion');

/** KMS refuses to speak of the rotation of such a key. */
function isEnding({ KeyState }: KmsKey): boolean {
  return KeyState === 'PendingDeletion' || KeyState === 'PendingReplicaDeletion';
}

/** That a key cannot be rotated is an answer, and no refusal; that it cannot just now leaves the fact open. */
async function unlessNotApplicable<T>(read: () => Promise<Fact<T>>, answer: Fact<T>): Promise<Fact<T>> {
  try {
    return await read();
  } catch (error) {
    for (const each of causes(error)) {
      if (each instanceof Error && each.name === 'UnsupportedOperationException') return answer;
      if (each instanceof Error && each.name === 'KMSInvalidStateException')
        return unknown('not-offered', 'KMS does not tell it in the state the key is in');
    }
    throw error;
  }
}
