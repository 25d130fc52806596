import type { Look } from '../../src/connector/contract.ts';
import { day } from '../../src/model/duration.ts';
import type { Known, Unknown } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import { creatorOf, namesOf, readAccount } from './account.ts';
import { type Activities, isUsedLately, lastUseOf } from './activity.ts';
import { type Json, isSet, textIn } from './answer.ts';
import type { ListedAccount, ListedProject } from './asset-inventory.ts';
import { keyStatus, keyTimes } from './key-life.ts';

/**
 * Cloud Asset Inventory lags behind and may miss a change, so whatever a finding could stand on, or could be closed by, is read from IAM
 * itself before anything is said of it. A connector knows no policies: it asks about all that the limits of the shipped ones could touch.
 */
type Watch = { readonly activities: Known<Activities> | Unknown; readonly now: Instant };

/**
 * Whether the service accounts of a project have to be listed by IAM: it shows none, or one that is disabled or was not used lately, or
 * lacks one that Activity Analyzer knows.
 */
export function needsListing({ accounts }: ListedProject, { activities, now }: Watch): boolean {
  const listed = accounts.map(({ item }) => readAccount(item));
  const names = new Set(listed.flatMap(namesOf));
  const used = activities.state === 'known' ? [...activities.value.byResource.keys()] : [];
  if (listed.length === 0 || used.some((name) => !names.has(name))) return true;
  return listed.some((account) => {
    // A default service account that idles is nobody's finding, and every other project has one.
    if (account.isDisabled || creatorOf(account.email) !== undefined) return account.isDisabled;
    return !isUsedLately(lastUseOf(activities, namesOf(account)), now);
  });
}

/** Whether the keys of a service account have to be read from IAM. `age`: milliseconds after which a key counts as old. */
export function needsKeys(listed: ListedAccount, age: number, watch: Watch): boolean {
  const keys = keysOfCustomer(listed);
  if (keys.length === 0) return !isFollowed(listed);
  const account = readAccount(listed.item);
  return account.isDisabled || keys.some((key) => !isBeyondDoubt(key, namesOf(account), age, watch));
}

export function keysOfCustomer({ keys }: ListedAccount): readonly Json[] {
  return keys.filter((key) => textIn(key, 'keyType') !== 'SYSTEM_MANAGED');
}

/**
 * That it shows no key of the customer means something only where it is seen to keep up with the keys of this service account: Google
 * changes its own ones every other week, and it lists one that was made lately and works.
 */
function isFollowed({ keys, readAt }: ListedAccount): boolean {
  return keys.some((key) => {
    const { expiresAt, notBefore } = keyTimes(key);
    if (textIn(key, 'keyType') !== 'SYSTEM_MANAGED' || expiresAt.state !== 'known' || notBefore.state !== 'known') return false;
    return expiresAt.value > readAt && epoch(readAt) - epoch(notBefore.value) < 21 * day;
  });
}

/** Says on the row of a place which service accounts were not asked themselves, and as of when the inventory spoke for them. */
export function remarkOn(look: Look, unasked: readonly Instant[], which: string): void {
  const [oldest] = unasked.toSorted();
  if (oldest === undefined) return;
  look.remark(`${String(unasked.length)} service accounts ${which} by Cloud Asset Inventory, as of ${oldest}, were not asked themselves`);
}

/** Longer than any notice before an end; longer than an organisation policy lets a key live. */
const notice = 31 * day;
const longestLife = 180 * day;
const youth = 14 * day;

/** Young, working, used, and with an end that is neither near nor far. */
function isBeyondDoubt(key: Json, owners: readonly string[], age: number, { activities, now }: Watch): boolean {
  const { createdAt, expiresAt } = keyTimes(key);
  if (createdAt.state !== 'known' || expiresAt.state !== 'known') return false;
  if (keyStatus(expiresAt, { isDisabled: isSet(key, 'disabled'), isAccountDisabled: false }, now) !== 'active') return false;
  const [made, end] = [epoch(createdAt.value), epoch(expiresAt.value)];
  if (epoch(now) - made > age || end - epoch(now) < notice || end - made > longestLife) return false;
  const id = (textIn(key, 'name') ?? '').replace(/^.*\/keys\//, '');
  const used = lastUseOf(
    activities,
    owners.map((owner) => `${owner}/keys/${id}`),
  );
  return used.lastUsedAt.state === 'known' ? isUsedLately(used, now) : epoch(now) - made <= youth;
}
