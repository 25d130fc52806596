import { time } from '../../src/connector/item.ts';
import { day } from '../../src/model/duration.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, entryOf, listIn, textIn, timestampIn } from './answer.ts';

export type KeyTimes = {
  readonly createdAt: Fact<Instant>;
  readonly rotatedAt: Fact<Instant>;
  readonly notBefore: Fact<Instant>;
  readonly expiresAt: Fact<Instant>;
};

/**
 * A key made by Google is usable from the moment it is made; its secret never changes. An uploaded key carries the dates of its
 * certificate: when the key pair was made, or given to Google, is not told.
 */
export function keyTimes(item: Json): KeyTimes {
  const isUploaded = textIn(item, 'keyOrigin') === 'USER_PROVIDED';
  const notBefore = time(timestampIn(item, 'validAfterTime'));
  const made = isUploaded ? unknown('not-offered', 'an uploaded key tells the dates of its certificate only') : notBefore;
  return {
    createdAt: made,
    rotatedAt: made,
    notBefore,
    expiresAt: expiryOf(notBefore, time(timestampIn(item, 'validBeforeTime')), isUploaded),
  };
}

const tenYears = 9 * 365 * day;

/**
 * Google writes "never expires" as the end of the year 9999, and wrote it as ten years from creation for old keys. The end of an
 * uploaded certificate is meant, however far away.
 * https://cloud.google.com/iam/docs/keys-list-get
 */
function expiryOf(from: Fact<Instant>, until: Fact<Instant>, isUploaded: boolean): Fact<Instant> {
  if (until.state !== 'known') return until;
  if (until.value.startsWith('9999-')) return absent();
  const isDefault = !isUploaded && from.state === 'known' && epoch(until.value) - epoch(from.value) > tenYears;
  return isDefault ? absent() : until;
}

/** Enabled keys of a disabled service account cannot be used now, but come back with it. */
export function keyStatus(
  expiresAt: Fact<Instant>,
  { isDisabled, isAccountDisabled }: { readonly isDisabled: boolean; readonly isAccountDisabled: boolean },
  now: Instant,
): Status {
  if (expiresAt.state === 'known' && epoch(expiresAt.value) <= epoch(now)) return 'expired';
  if (isDisabled) return 'inactive';
  return isAccountDisabled ? 'quarantined' : 'active';
}

const exposures: Readonly<Record<string, string>> = {
  SERVICE_ACCOUNT_KEY_EXTENDED_STATUS_KEY_EXPOSED: 'exposed',
  SERVICE_ACCOUNT_KEY_EXTENDED_STATUS_KEY_COMPROMISE_DETECTED: 'compromised',
};

/** Why Google or the customer disabled a key, and where Google saw it in public; the latter stays for the life of the key. */
export function exposuresOf(item: Json): Record<string, string> {
  const reason = textIn(item, 'disableReason')?.replace('SERVICE_ACCOUNT_KEY_DISABLE_REASON_', '').replaceAll('_', ' ').toLowerCase();
  const seen = extendedStatus(item).flatMap(({ key, value }) => {
    const name = entryOf(exposures, key);
    return name === undefined ? [] : [[name, placeIn(value)] as const];
  });
  return {
    ...(reason === undefined ? {} : { disableReason: reason }),
    ...Object.fromEntries(seen),
  };
}

/** The address where the key was seen, for people to open: `exposed at: https://www.github.com/larkspur-foods/scripts`. */
function placeIn(value: string | undefined): string {
  return /https?:\/\/\S+/.exec(value ?? '')?.[0] ?? value ?? 'seen by Google, which does not say where';
}

/** A list of pairs in REST; one text with a message beside it in Google's snake_case samples. */
function extendedStatus(item: Json): readonly { readonly key: string; readonly value: string | undefined }[] {
  const flat = item['extended_status'];
  if (typeof flat === 'string') return [{ key: flat, value: textIn(item, 'extendedStatusMessage') }];
  return listIn(item, 'extendedStatus').map((pair) => ({
    key: textIn(pair, 'key') ?? '',
    value: textIn(pair, 'value'),
  }));
}
