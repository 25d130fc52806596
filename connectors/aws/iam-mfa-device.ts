import type { VirtualMFADevice } from '@aws-sdk/client-iam';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { UserDetail } from './authorization-details.ts';
import { iamBudget } from './budget.ts';
import type { CredentialReport } from './credential-report.ts';
import { nextMarker } from './next-marker.ts';
import { askable, collected, unlessGone, userScope, usersOf } from './users.ts';
import { pagesOf, partsOf } from './pages.ts';
import { rowOf } from './report-row.ts';
import type { AccountSession } from './session.ts';
import { tagsOf } from './tags.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_VirtualMFADevice.html

export const mfaDeviceKind = defineKind({
  id: 'aws.iam_mfa_device',
  title: 'MFA device',
  record: 'credential',
  proves: 'Stands beside the password or access key of its user as a second factor; alone it opens nothing.',
  traits: {
    expiry: 'never',
    // A device is enrolled and taken away. It has no age at which it weakens.
    rotation: 'none',
    proof: 'possession',
    revocation: { seen: ['ListMFADevices of its user no longer shows it'], tokensLive: '36h' },
    takesWith: [],
    leavesBehind: ['aws.iam_console_password', 'aws.iam_access_key'],
  },
});

type Device = {
  readonly serial: string | undefined;
  readonly holder: string | undefined;
  readonly enabledAt: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly by: string;
};

const virtual = 'iam:ListVirtualMFADevices';
const perUser = 'iam:ListMFADevices';

export const iamMfaDevice: Surface<AccountSession> = defineSurface<AccountSession, Device>({
  id: 'aws.iam_mfa_device',
  title: 'MFA devices',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html',
  level: 'account',
  kinds: [
    {
      kind: mfaDeviceKind,
      facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never', owner: 'from-tags', purpose: 'from-tags' },
    },
  ],
  operations: [
    { call: virtual, permission: virtual },
    { call: 'iam:GetAccountAuthorizationDetails', permission: 'iam:GetAccountAuthorizationDetails' },
    { call: 'iam:GetCredentialReport', permission: 'iam:GetCredentialReport' },
    { call: 'iam:GenerateCredentialReport', permission: 'iam:GenerateCredentialReport' },
    { call: perUser, permission: perUser },
  ],

  async *list(session, look) {
    const devices = Map.groupBy(await virtualDevices(session, look), ({ holder }) => holder ?? '');
    for (const each of devices.values()) yield each;
    const report = await session.credentialReport();
    yield* partsOf(
      usersOf(session, (user) => hasOther(user, report, devices)),
      {
        look,
        width: iamBudget.concurrency,
        scopeOf: (user) => userScope(session, user),
        read: (user) => devicesOf(session, look, user),
      },
    );
  },

  normalize({ serial, holder, enabledAt, tags, by }, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(serial, 'SerialNumber');
    const isAssigned = holder !== undefined;
    return [
      credential({
        id,
        kind: mfaDeviceKind.id,
        provider: 'aws',
        scope: session.scope,
        name: id.slice(id.lastIndexOf('/') + 1),
        identity: isAssigned ? known(holder) : absent(),
        // One that was made and is nobody's can be assigned at any time.
        status: isAssigned ? 'active' : 'inactive',
        managedBy: 'customer',
        createdAt: isAssigned ? time(enabledAt) : unknown('not-offered', 'AWS keeps the time at which it was assigned'),
        rotatedAt: unknown('not-offered'),
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags,
        evidence: [{ operation: by, observedAt, fields: ['identity', 'status', 'createdAt', 'tags'] }],
        details: { type: by === virtual ? 'virtual' : 'hardware or passkey' },
      }),
    ];
  },
});

async function virtualDevices({ iam }: AccountSession, look: Look): Promise<readonly Device[]> {
  const pages = pagesOf('VirtualMFADevices', async (marker) => {
    const page = await iam.listVirtualMFADevices(
      { AssignmentStatus: 'Any', MaxItems: 1000, ...(marker === undefined ? {} : { Marker: marker }) },
      { abortSignal: look.signal },
    );
    return { items: page.VirtualMFADevices?.map(toDevice), next: nextMarker(page) };
  });
  return collected(pages);
}

/** Never its seed and QR code, which the shape of the answer has room for. */
function toDevice({ SerialNumber, User, EnableDate, Tags }: VirtualMFADevice): Device {
  return { serial: SerialNumber, holder: User?.Arn, enabledAt: EnableDate, tags: tagsOf(Tags), by: virtual };
}

/** Its second factor is none of the virtual ones, or the user is newer than the report. */
function hasOther(user: UserDetail, report: CredentialReport, devices: ReadonlyMap<string, readonly Device[]>): boolean {
  return valueOf(rowOf(user, report))?.mfaActive !== false && !devices.has(user.Arn ?? '');
}

async function devicesOf({ iam }: AccountSession, look: Look, user: UserDetail): Promise<readonly Device[]> {
  const UserName = askable(user);
  const pages = pagesOf('MFADevices', async (marker) => {
    const page = await iam.listMFADevices({ UserName, ...(marker === undefined ? {} : { Marker: marker }) }, { abortSignal: look.signal });
    return { items: page.MFADevices, next: nextMarker(page) };
  });
  const devices = (await unlessGone(() => collected(pages))) ?? [];
  return devices.map(({ SerialNumber, EnableDate }) => ({
    serial: SerialNumber,
    holder: user.Arn,
    enabledAt: EnableDate,
    tags: {},
    by: perUser,
  }));
}
