import type { IAM } from '@aws-sdk/client-iam';
import type { Look } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Where, everything } from './iam-root-credentials.ts';
import { rootAccessKeyKind } from './iam-root-kinds.ts';
import { keyStatus } from './key-status.ts';
import { type Key, type LastUse, askLastUse, toKey, useDetails } from './key-use.ts';
import { nextMarker } from './next-marker.ts';
import { pagesOf } from './pages.ts';
import { collected } from './users.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html

/** A key of the root user as only he himself sees it: with its id. */
export type RootKey = { readonly key: Key; readonly lastUse: LastUse };

/** Without a name, the keys are those of the caller: `iam` asks as the root user. */
export async function readRootKeys(iam: IAM, look: Look): Promise<readonly RootKey[]> {
  const pages = pagesOf('AccessKeyMetadata', async (marker) => {
    const page = await iam.listAccessKeys(marker === undefined ? {} : { Marker: marker }, { abortSignal: look.signal });
    return { items: page.AccessKeyMetadata, next: nextMarker(page) };
  });
  const keys = (await collected(pages)).map(toKey);
  return Promise.all(keys.map(async (key) => ({ key, lastUse: await askLastUse(iam, look, key) })));
}

export function rootKey({ key, lastUse }: RootKey, { scope, arn, observedAt }: Where): Credential {
  const id = required(key.id, 'AccessKeyId');
  const createdAt = time(key.createdAt);
  return credential({
    id,
    kind: rootAccessKeyKind.id,
    provider: 'aws',
    scope,
    name: `root/${id}`,
    identity: known(arn),
    status: keyStatus(key.status),
    managedBy: 'customer',
    createdAt,
    rotatedAt: createdAt,
    lastUsedAt: lastUse.at,
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    ...everything,
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [
      { operation: 'iam:ListAccessKeys', observedAt, fields: ['identity', 'status', 'createdAt', 'rotatedAt'] },
      ...(lastUse.at.state === 'unknown' ? [] : [{ operation: 'iam:GetAccessKeyLastUsed', observedAt, fields: ['lastUsedAt'] }]),
    ],
    details: useDetails(lastUse),
  });
}
