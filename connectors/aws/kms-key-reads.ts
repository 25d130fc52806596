import type { KMSClient, KeyMetadata } from '@aws-sdk/client-kms';
import { required, time } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import { itemsOf, pagesOf } from './pages.ts';
import type { Tags } from './told-tags.ts';

/** The part of DescribeKey that is kept. */
export type KmsKey = Pick<
  KeyMetadata,
  | 'Arn'
  | 'KeyId'
  | 'CreationDate'
  | 'Description'
  | 'KeyState'
  | 'KeyManager'
  | 'KeySpec'
  | 'KeyUsage'
  | 'Origin'
  | 'ValidTo'
  | 'DeletionDate'
  | 'MultiRegionConfiguration'
>;
export type LastUse = { readonly at: Fact<Instant>; readonly operation?: string | undefined };

/** Names of all keys that have one, by key id. One listing instead of a call for each key. */
export async function aliasesByKey(kms: KMSClient, signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>> {
  const { ListAliasesCommand } = await import('@aws-sdk/client-kms');
  const pages = pagesOf('Aliases', async (token) => {
    const { Aliases, NextMarker } = await kms.send(new ListAliasesCommand({ Limit: 100, Marker: token }), { abortSignal: signal });
    return { items: Aliases, next: NextMarker };
  });
  const names = new Map<string, string[]>();
  for await (const { TargetKeyId, AliasName } of itemsOf(pages)) {
    // Some names of AWS stand ready before there is a key behind them.
    if (TargetKeyId === undefined || AliasName === undefined) continue;
    names.set(TargetKeyId, [...(names.get(TargetKeyId) ?? []), AliasName].toSorted());
  }
  return names;
}

export async function describeKey(kms: KMSClient, keyId: string, signal: AbortSignal): Promise<KmsKey> {
  const { DescribeKeyCommand } = await import('@aws-sdk/client-kms');
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: keyId }), { abortSignal: signal });
  const {
    Arn,
    KeyId,
    CreationDate,
    Description,
    KeyState,
    KeyManager,
    KeySpec,
    KeyUsage,
    Origin,
    ValidTo,
    DeletionDate,
    MultiRegionConfiguration,
  } = required(KeyMetadata, 'KeyMetadata');
  return {
    Arn,
    KeyId,
    CreationDate,
    Description,
    KeyState,
    KeyManager,
    KeySpec,
    KeyUsage,
    Origin,
    ValidTo,
    DeletionDate,
    MultiRegionConfiguration,
  };
}

/** KMS calls them TagKey and TagValue, unlike every other service. */
export async function tagsOfKey(kms: KMSClient, keyId: string, signal: AbortSignal): Promise<Fact<Tags>> {
  const { ListResourceTagsCommand } = await import('@aws-sdk/client-kms');
  const pages = pagesOf('Tags', async (token) => {
    const page = await kms.send(new ListResourceTagsCommand({ KeyId: keyId, Limit: 50, Marker: token }), { abortSignal: signal });
    return { items: page.Tags, next: page.NextMarker };
  });
  const tags: Record<string, string> = {};
  for await (const { TagKey, TagValue } of itemsOf(pages)) if (TagKey !== undefined) tags[TagKey] = TagValue ?? '';
  return known(tags);
}

/** KMS has watched a key since TrackingStartDate only, so that "never" is said of no time before it. */
export async function lastUsage(kms: KMSClient, keyId: string, signal: AbortSignal): Promise<LastUse> {
  const { GetKeyLastUsageCommand } = await import('@aws-sdk/client-kms');
  const { KeyLastUsage, TrackingStartDate } = await kms.send(new GetKeyLastUsageCommand({ KeyId: keyId }), { abortSignal: signal });
  if (KeyLastUsage?.Timestamp !== undefined) return { at: time(KeyLastUsage.Timestamp), operation: KeyLastUsage.Operation };
  const since = instant(required(TrackingStartDate, 'TrackingStartDate'));
  return { at: since === undefined ? unknown('malformed-response', 'TrackingStartDate is no time') : absent(since) };
}
