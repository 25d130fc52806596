import { required } from '../../src/connector/item.ts';
import { day } from '../../src/model/duration.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import { type Json, isSet, listIn, objectIn, textIn } from './answer.ts';
import { keyStatus, keyTimes } from './key-life.ts';
import { answersOf } from './pages.ts';
import type { Reader } from './reader.ts';

// https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets/list

/** What Cloud Asset Inventory knows of the keys below organisations and folders. It follows changes with a delay, and may miss some. */
export type AssetInventory = {
  /** Ids of the projects that it speaks of: for any other it says nothing, not even that there is no key. */
  readonly projects: ReadonlySet<string>;
  /** Raw keys of users, by the e-mail address of the service account. */
  readonly keys: ReadonlyMap<string, readonly ListedKey[]>;
};
export type ListedKey = { readonly item: Json; readonly readAt: Instant };

const types = ['cloudresourcemanager.googleapis.com/Project', 'iam.googleapis.com/ServiceAccountKey'] as const;

export async function readInventory(google: Reader, roots: readonly string[]): Promise<AssetInventory> {
  const projects = new Set<string>();
  const keys = new Map<string, ListedKey[]>();
  for (const root of roots) {
    const query = { assetTypes: types, contentType: 'RESOURCE', pageSize: '1000' };
    for await (const answer of answersOf((pageToken) => google.get('cloudasset', `v1/${root}/assets`, { ...query, pageToken }))) {
      const readAt = required(instant(textIn(answer, 'readTime') ?? ''), 'readTime');
      for (const asset of listIn(answer, 'assets')) {
        const data = objectIn(objectIn(asset, 'resource'), 'data');
        if (textIn(asset, 'assetType') === types[0]) projects.add(required(textIn(data, 'projectId'), 'projectId'));
        else if (textIn(data, 'keyType') !== 'SYSTEM_MANAGED') {
          const email = required(
            /\/serviceAccounts\/([^/]+)\/keys\//.exec(textIn(data, 'name') ?? '')?.[1],
            'a service account in the name of a key',
          );
          keys.set(email, [...(keys.get(email) ?? []), { item: data, readAt }]);
        }
      }
    }
  }
  return { projects, keys };
}

/** Well inside every usual limit: what is younger and ends by itself is nothing that a policy finds. */
const youngest = 60 * day;

/**
 * Whether a key has to be read from IAM itself before anything is said of it: it works, and has no end or some age. So what becomes a finding
 * stands on a direct read, at one request for each service account that has such a key.
 */
export function needsReading({ item }: ListedKey, now: Instant): boolean {
  const { createdAt, expiresAt } = keyTimes(item);
  if (keyStatus(expiresAt, { isDisabled: isSet(item, 'disabled'), isAccountDisabled: false }, now) !== 'active') return false;
  return expiresAt.state !== 'known' || createdAt.state !== 'known' || epoch(now) - epoch(createdAt.value) > youngest;
}
