import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Privilege, privilegeFields } from '../../src/connector/privilege.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { UserDetail } from './authorization-details.ts';
import { iamBudget } from './budget.ts';
import { keyStatus } from './key-status.ts';
import { nextMarker } from './next-marker.ts';
import { pagesOf, partsOf } from './pages.ts';
import { reachEvidence, reachWithin } from './reach.ts';
import type { AccountSession } from './session.ts';
import { askable, collected, unlessGone, userScope, usersOf } from './users.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SSHPublicKeyMetadata.html

export const sshPublicKeyKind = defineKind({
  id: 'aws.iam_ssh_public_key',
  title: 'SSH public key of an IAM user',
  record: 'credential',
  proves: 'Reads and writes repositories of CodeCommit as its IAM user.',
  remedy: {
    disable: 'aws iam update-ssh-public-key --user-name {identity/-1} --ssh-public-key-id {id} --status Inactive',
    delete: 'aws iam delete-ssh-public-key --user-name {identity/-1} --ssh-public-key-id {id}',
  },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['ListSSHPublicKeys shows it Inactive, or no longer'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type RawKey = {
  readonly user: UserDetail;
  readonly id: string | undefined;
  readonly status: string | undefined;
  readonly uploadedAt: Date | undefined;
  readonly reach: Fact<Privilege>;
};

const listing = 'iam:ListSSHPublicKeys';

export const iamSshPublicKey: Surface<AccountSession> = defineSurface<AccountSession, RawKey>({
  id: 'aws.iam_ssh_public_key',
  title: 'SSH public keys of IAM users (one call a user)',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html',
  level: 'account',
  kinds: [
    {
      kind: sshPublicKeyKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        owner: 'from-tags',
        purpose: 'from-tags',
        privilege: 'exposed',
      },
    },
  ],
  operations: [
    { call: 'iam:GetAccountAuthorizationDetails', permission: 'iam:GetAccountAuthorizationDetails' },
    { call: listing, permission: listing, fields: { status: 'Status', createdAt: 'UploadDate', rotatedAt: 'UploadDate' } },
  ],

  async *list(session, look) {
    const attachable = await look.learn(async () => known(await session.attachable()));
    yield* partsOf(usersOf(session), {
      look,
      width: iamBudget.concurrency,
      scopeOf: (user) => userScope(session, user),
      read: (user) => keysOf(session, look, user, reachWithin('codecommit', user.holds, attachable)),
    });
  },

  normalize({ user, id, status, uploadedAt, reach }, { session, observedAt }): readonly InventoryRecord[] {
    const keyId = required(id, 'SSHPublicKeyId');
    const createdAt = time(uploadedAt);
    return [
      credential({
        id: keyId,
        kind: sshPublicKeyKind.id,
        provider: 'aws',
        scope: session.scope,
        name: `${required(user.UserName, 'UserName')}/${keyId}`,
        identity: known(required(user.Arn, 'Arn')),
        status: keyStatus(status),
        managedBy: 'customer',
        createdAt,
        rotatedAt: createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: unknown('not-offered'),
        ...privilegeFields(reach),
        // GetSSHPublicKey would tell it, at one more call a key.
        fingerprint: unknown('not-looked'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [
          { operation: listing, observedAt, fields: ['identity', 'status', 'createdAt', 'rotatedAt'] },
          ...reachEvidence(reach, observedAt),
        ],
        details: {},
      }),
    ];
  },
});

async function keysOf({ iam }: AccountSession, look: Look, user: UserDetail, reach: Fact<Privilege>): Promise<readonly RawKey[]> {
  const UserName = askable(user);
  const pages = pagesOf('SSHPublicKeys', async (marker) => {
    const page = await iam.listSSHPublicKeys(
      { UserName, ...(marker === undefined ? {} : { Marker: marker }) },
      { abortSignal: look.signal },
    );
    return { items: page.SSHPublicKeys, next: nextMarker(page) };
  });
  const keys = (await unlessGone(() => collected(pages))) ?? [];
  return keys.map(({ SSHPublicKeyId, Status, UploadDate }) => ({
    user,
    reach,
    id: SSHPublicKeyId,
    status: Status,
    uploadedAt: UploadDate,
  }));
}
