import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { accountIdOf } from './account-id.ts';
import { type Json, described, entryOf, textIn } from './answer.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/storage/docs/json_api/v1/projects/hmacKeys/list
export const hmacKeyKind = defineKind({
  id: 'gcp.hmac_key',
  title: 'Cloud Storage HMAC key',
  record: 'credential',
  proves: 'Signs requests to Cloud Storage as its service account, through the API that S3 tools speak.',
  remedy: {
    disable: 'gcloud storage hmac update {name} --deactivate --project={scope.project}',
    delete: 'gcloud storage hmac delete {name} --project={scope.project}',
  },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    actor: 'workload',
    revocation: { seen: ['projects.hmacKeys.list shows it INACTIVE, or no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

const statuses: Readonly<Record<string, Status>> = { ACTIVE: 'active', INACTIVE: 'inactive', DELETED: 'inactive' };

export const hmacKey: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.hmac_key',
  title: 'HMAC keys of Cloud Storage',
  source: 'https://cloud.google.com/storage/docs/json_api/v1/projects/hmacKeys/list',
  level: 'project',
  kinds: [
    {
      kind: hmacKeyKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'never',
        statusSince: 'exposed',
        notBefore: 'never',
        owner: 'not-offered',
      },
    },
  ],
  operations: [
    {
      call: call.listHmacKeys,
      permission: 'storage.hmacKeys.list',
      fields: { status: 'state', statusSince: 'updated', createdAt: 'timeCreated', rotatedAt: 'timeCreated' },
    },
  ],
  // Google lists them by service account.
  list: ({ google, project }) => google.pages('storage', `storage/v1/projects/${project}/hmacKeys`, 'items', { maxResults: '250' }),
  normalize: (item, { session, observedAt }) => [normalize(item, session, observedAt)],
});

function normalize(item: Json, { scope, project }: Session, observedAt: string): Credential {
  const accessId = required(textIn(item, 'accessId'), 'accessId');
  const account = required(textIn(item, 'serviceAccountEmail'), 'serviceAccountEmail');
  const createdAt = time(textIn(item, 'timeCreated'));
  return credential({
    id: `projects/${project}/hmacKeys/${accessId}`,
    kind: hmacKeyKind.id,
    provider: 'gcp',
    scope,
    name: accessId,
    status: entryOf(statuses, textIn(item, 'state') ?? '') ?? 'unknown',
    // Nothing of a key can be changed but its state.
    statusSince: time(textIn(item, 'updated')),
    managedBy: 'customer',
    identity: known(accountIdOf(account, project)),
    createdAt,
    rotatedAt: createdAt,
    lastUsedAt: unknown('not-offered', 'no API tells the last use of an HMAC key'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation: call.listHmacKeys, observedAt, fields: ['identity', 'status', 'statusSince', 'createdAt', 'rotatedAt'] }],
    details: described({ serviceAccount: account }),
  });
}
