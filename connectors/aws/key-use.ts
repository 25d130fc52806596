import type { AccessKeyMetadata, IAM } from '@aws-sdk/client-iam';
import type { Look } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, absent } from '../../src/model/fact.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import { trackedSince } from './credential-report.ts';
import { watchedSince } from './report-row.ts';

export type Key = { readonly id: string | undefined; readonly status: string | undefined; readonly createdAt: Date | undefined };
export type LastUse = {
  readonly at: Fact<Instant>;
  readonly service?: string | undefined;
  readonly region?: string | undefined;
  /** Undefined: asked at the time of the listing. */
  readonly reportedAt?: Instant;
};

export function toKey({ AccessKeyId, Status, CreateDate }: AccessKeyMetadata): Key {
  return { id: AccessKeyId, status: Status, createdAt: CreateDate };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html: no date, and `N/A` for the service, is never. */
export async function askLastUse(iam: Pick<IAM, 'getAccessKeyLastUsed'>, look: Look, key: Key): Promise<LastUse> {
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

export function neverUsed({ createdAt }: Key): Fact<Instant> {
  return absent(watchedSince(createdAt && instant(createdAt), trackedSince.accessKey));
}

export function useDetails({ service, region }: LastUse): Readonly<Record<string, string>> {
  return {
    ...(service === undefined ? {} : { lastUsedService: service }),
    ...(region === undefined ? {} : { lastUsedRegion: region }),
  };
}
