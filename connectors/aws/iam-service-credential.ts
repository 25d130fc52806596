import type { ServiceSpecificCredentialMetadata } from '@aws-sdk/client-iam';
import { type Look, type Surface, type SurfaceKind, defineSurface } from '../../src/connector/contract.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { type Privilege, privilegeFields } from '../../src/connector/privilege.ts';
import { causes } from '../../src/connector/refusal.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { UserDetail } from './authorization-details.ts';
import { serviceApiKeyKind, serviceKind, servicePasswordKind, services } from './iam-service-kinds.ts';
import { keyStatus } from './key-status.ts';
import { statusUntil } from './life.ts';
import { nextMarker } from './next-marker.ts';
import { pagesOf } from './pages.ts';
import { reachEvidence, reachWithin } from './reach.ts';
import type { AccountSession } from './session.ts';
import { collected, usersOf } from './users.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html

/** The shape has room for the password too; it is left where it is. */
type Listed = Pick<
  ServiceSpecificCredentialMetadata,
  | 'UserName'
  | 'Status'
  | 'ServiceUserName'
  | 'ServiceCredentialAlias'
  | 'CreateDate'
  | 'ExpirationDate'
  | 'ServiceSpecificCredentialId'
  | 'ServiceName'
>;
type RawCredential = { readonly listed: Listed; readonly user: Fact<string>; readonly reach: Fact<Privilege> };

const listing = 'iam:ListServiceSpecificCredentials';
const details = 'iam:GetAccountAuthorizationDetails';
const facts: SurfaceKind['facts'] = {
  createdAt: 'exposed',
  notBefore: 'never',
  owner: 'from-tags',
  purpose: 'from-tags',
  privilege: 'exposed',
};

export const iamServiceCredential: Surface<AccountSession> = defineSurface<AccountSession, RawCredential>({
  id: 'aws.iam_service_credential',
  title: 'Service-specific credentials of IAM users',
  source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html',
  level: 'account',
  kinds: [
    { kind: servicePasswordKind, facts: { ...facts, expiresAt: 'never' } },
    { kind: serviceApiKeyKind, facts: { ...facts, expiresAt: 'exposed' } },
  ],
  operations: [
    { call: listing, permission: listing, fields: { status: 'Status', createdAt: 'CreateDate', expiresAt: 'ExpirationDate' } },
    { call: details, permission: details },
  ],

  async *list(session, look) {
    const credentials = await allCredentials(session, look);
    const attachable = await look.learn(async () => known(await session.attachable()));
    const users = new Map<string, UserDetail>();
    for await (const user of usersOf(session)) users.set(user.UserName ?? '', user);
    // The list is in no order that is promised; those of one user and kind belong together.
    const kindOf = ({ UserName = '', ServiceName = '' }: Listed): string => `${serviceKind(ServiceName).id} ${UserName}`;
    for (const each of Map.groupBy(credentials, kindOf).values())
      yield each.map((listed) => toRaw(listed, users.get(listed.UserName ?? ''), attachable));
  },

  normalize({ listed, user, reach }, { session, observedAt }): readonly InventoryRecord[] {
    const service = required(listed.ServiceName, 'ServiceName');
    const kind = serviceKind(service);
    const expiresAt = kind === servicePasswordKind ? absent() : timeOrAbsent(listed.ExpirationDate);
    const owner = required(listed.UserName, 'UserName');
    return [
      credential({
        id: required(listed.ServiceSpecificCredentialId, 'ServiceSpecificCredentialId'),
        kind: kind.id,
        provider: 'aws',
        scope: session.scope,
        name: `${owner}/${listed.ServiceCredentialAlias ?? listed.ServiceUserName ?? service}`,
        identity: user,
        status: statusUntil(expiresAt, keyStatus(listed.Status), observedAt),
        managedBy: 'customer',
        createdAt: time(listed.CreateDate),
        rotatedAt: unknown('not-offered', 'its secret can be reset in place, and AWS keeps no time of that'),
        lastUsedAt: unknown('not-offered'),
        expiresAt,
        notBefore: absent(),
        purpose: unknown('not-offered'),
        ...privilegeFields(reach),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: {},
        evidence: [
          { operation: listing, observedAt, fields: ['identity', 'status', 'createdAt', 'expiresAt'] },
          ...reachEvidence(reach, observedAt),
        ],
        details: { service },
      }),
    ];
  },
});

function toRaw(listed: Listed, user: UserDetail | undefined, attachable: Parameters<typeof reachWithin>[2]): RawCredential {
  const tooNew = unknown('stale', 'its user is newer than the list of users');
  const service = services[listed.ServiceName ?? ''];
  const unheard = unknown('not-looked', 'the permissions of this service are not known');
  return {
    listed,
    user: user ? known(required(user.Arn, 'Arn')) : tooNew,
    reach: !user ? tooNew : service === undefined ? unheard : reachWithin(service, user.holds, attachable),
  };
}

/** One listing for all users and services. Where AWS wants a service named with it, each one that is known is asked for. */
async function allCredentials(session: AccountSession, look: Look): Promise<readonly Listed[]> {
  try {
    return await collected(credentialPages(session, look, undefined));
  } catch (error) {
    if (!isNamed(error, 'ValidationError', 'InvalidInputException', 'InvalidInput')) throw error;
  }
  const found: Listed[] = [];
  for (const service of Object.keys(services)) found.push(...(await ofService(session, look, service)));
  return found;
}

async function ofService(session: AccountSession, look: Look, service: string): Promise<readonly Listed[]> {
  try {
    return await collected(credentialPages(session, look, service));
  } catch (error) {
    if (!isNamed(error, 'ServiceNotSupportedException', 'NotSupportedService')) throw error;
    // The partition does not have the service, so nobody has a credential for it.
    const nobodys: readonly Listed[] = [];
    return nobodys;
  }
}

function isNamed(error: unknown, ...names: readonly string[]): boolean {
  for (const each of causes(error)) if (each instanceof Error && names.includes(each.name)) return true;
  return false;
}

function credentialPages({ iam }: AccountSession, look: Look, service: string | undefined): AsyncGenerator<readonly Listed[]> {
  return pagesOf('ServiceSpecificCredentials', async (marker) => {
    const page = await iam.listServiceSpecificCredentials(
      {
        AllUsers: true,
        MaxItems: 1000,
        ...(service === undefined ? {} : { ServiceName: service }),
        ...(marker === undefined ? {} : { Marker: marker }),
      },
      { abortSignal: look.signal },
    );
    return { items: page.ServiceSpecificCredentials?.map(toListed), next: nextMarker(page) };
  });
}

function toListed(item: ServiceSpecificCredentialMetadata): Listed {
  const {
    UserName,
    Status,
    ServiceUserName,
    ServiceCredentialAlias,
    CreateDate,
    ExpirationDate,
    ServiceSpecificCredentialId,
    ServiceName,
  } = item;
  return {
    UserName,
    Status,
    ServiceUserName,
    ServiceCredentialAlias,
    CreateDate,
    ExpirationDate,
    ServiceSpecificCredentialId,
    ServiceName,
  };
}
