import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, entryOf, isSet, namesIn, objectIn, textIn } from './answer.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/kms/docs/reference/inventory/rest/v1/projects.cryptoKeys/list
export const kmsKeyKind = defineKind({
  id: 'gcp.kms_key',
  title: 'Cloud KMS key',
  record: 'credential',
  proves: 'Encrypts, decrypts or signs for whoever may use the key; its material does not leave Google.',
  remedy: { rotate: 'gcloud kms keys versions create --key={name} --keyring={id/5} --location={id/3} --primary --project={scope.project}' },
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'possession',
    revocation: { seen: ['every version of it is DISABLED, DESTROY_SCHEDULED or DESTROYED'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

const statuses: Readonly<Record<string, Status>> = {
  ENABLED: 'active',
  DISABLED: 'inactive',
  DESTROYED: 'inactive',
  DESTROY_SCHEDULED: 'pending-deletion',
};

export const kmsKey: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.kms_key',
  title: 'Cloud KMS keys',
  source: 'https://cloud.google.com/kms/docs/reference/inventory/rest/v1/projects.cryptoKeys/list',
  level: 'project',
  kinds: [
    {
      kind: kmsKeyKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        rotationDueAt: 'exposed',
        statusSince: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        owner: 'from-tags',
        purpose: 'from-tags',
      },
    },
  ],
  operations: [
    {
      call: call.listKmsKeys,
      permission: 'cloudkms.cryptoKeys.list',
      fields: {
        status: 'primary.state',
        createdAt: 'createTime',
        rotatedAt: ['primary.generateTime', 'primary.importTime', 'primary.createTime'],
        rotationDueAt: 'nextRotationTime',
      },
    },
  ],
  list: ({ google, project }) => google.pages('kmsinventory', `v1/projects/${project}/cryptoKeys`, 'cryptoKeys', { pageSize: '1000' }),
  normalize: (item, { session, observedAt }) => [normalize(item, session, observedAt)],
});

function normalize(item: Json, { scope }: Session, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const primary = objectIn(item, 'primary');
  const destroyedAt = textIn(primary, 'destroyEventTime');
  const isScheduled = canBeScheduled(item);
  return credential({
    id,
    kind: kmsKeyKind.id,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: entryOf(statuses, textIn(primary, 'state') ?? '') ?? 'unknown',
    statusSince: destroyedAt === undefined ? unknown('not-offered') : time(destroyedAt),
    managedBy: 'customer',
    identity: absent(),
    createdAt: time(textIn(item, 'createTime')),
    rotatedAt: rotationOf(primary),
    // rotationPeriod may be missing from answers, the next date is not.
    ...(isScheduled ? { rotationDueAt: timeOrAbsent(textIn(item, 'nextRotationTime')) } : {}),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: namesIn(item, 'labels'),
    evidence: [
      {
        operation: call.listKmsKeys,
        observedAt,
        fields: [
          'createdAt',
          'rotatedAt',
          'status',
          'tags',
          ...(isScheduled ? ['rotationDueAt'] : []),
          ...(destroyedAt === undefined ? [] : ['statusSince']),
        ],
      },
    ],
    details: described({
      cryptoPurpose: textIn(item, 'purpose'),
      algorithm: textIn(objectIn(item, 'versionTemplate'), 'algorithm'),
      protection: textIn(objectIn(item, 'versionTemplate'), 'protectionLevel'),
      importOnly: isSet(item, 'importOnly') ? 'yes: it is rotated by importing again' : undefined,
    }),
  });
}

/** Google makes new versions by itself of keys for symmetric encryption, unless their material is made elsewhere. */
function canBeScheduled(item: Json): boolean {
  const isElsewhere = textIn(objectIn(item, 'versionTemplate'), 'protectionLevel')?.startsWith('EXTERNAL') === true;
  return textIn(item, 'purpose') === 'ENCRYPT_DECRYPT' && !isSet(item, 'importOnly') && !isElsewhere;
}

/** The primary version is the one that encrypts from now on. Keys for signing have none: each caller names the version. */
function rotationOf(primary: Json): Fact<Instant> {
  const made = textIn(primary, 'generateTime') ?? textIn(primary, 'importTime') ?? textIn(primary, 'createTime');
  return made === undefined ? unknown('not-offered', 'the key has no primary version: callers name the version they use') : time(made);
}
