import type { IAM, RoleDetail as SdkRole, UserDetail as SdkUser } from '@aws-sdk/client-iam';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Held, arnsOf, boundaryOf, inlineOf } from './held-policies.ts';
import { nextMarker } from './next-marker.ts';
import { tagsOf } from './tags.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html

export type AuthorizationPage = { readonly users: readonly UserDetail[]; readonly roles: readonly RoleDetail[] };
export type UserDetail = Pick<SdkUser, 'Arn' | 'UserName' | 'UserId' | 'Path' | 'CreateDate'> & {
  readonly holds: Held;
  readonly tags: Readonly<Record<string, string>>;
};
export type RoleDetail = Pick<SdkRole, 'Arn' | 'RoleName' | 'RoleId' | 'Path' | 'CreateDate' | 'AssumeRolePolicyDocument'> & {
  readonly holds: Held;
  readonly lastUsed: Date | undefined;
  readonly lastUsedRegion: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
};

/** Users and roles with their tags and last use: one call for a thousand of them, where ListUsers and ListRoles tell neither. */
export async function* authorizationPages(
  iam: Pick<IAM, 'getAccountAuthorizationDetails'>,
  signal: AbortSignal,
): AsyncGenerator<AuthorizationPage, undefined> {
  let marker: string | undefined;
  do {
    const page = await iam.getAccountAuthorizationDetails(
      { Filter: ['User', 'Role'], MaxItems: 1000, ...(marker === undefined ? {} : { Marker: marker }) },
      { abortSignal: signal },
    );
    if (page.UserDetailList === undefined && page.RoleDetailList === undefined)
      throw new MalformedError('authorization details without users and roles');
    yield { users: (page.UserDetailList ?? []).map(toUser), roles: (page.RoleDetailList ?? []).map(toRole) };
    marker = nextMarker(page);
  } while (marker !== undefined);
  return undefined;
}

function toUser(user: SdkUser): UserDetail {
  const { Arn, UserName, UserId, Path, CreateDate, Tags } = user;
  const holds = {
    inline: inlineOf(user.UserPolicyList),
    attached: arnsOf(user.AttachedManagedPolicies),
    groups: user.GroupList ?? [],
    boundary: boundaryOf(user.PermissionsBoundary),
  };
  return { Arn, UserName, UserId, Path, CreateDate, holds, tags: tagsOf(Tags) };
}

function toRole(role: SdkRole): RoleDetail {
  const { Arn, RoleName, RoleId, Path, CreateDate, AssumeRolePolicyDocument, RoleLastUsed, Tags } = role;
  const holds = {
    inline: inlineOf(role.RolePolicyList),
    attached: arnsOf(role.AttachedManagedPolicies),
    groups: [],
    boundary: boundaryOf(role.PermissionsBoundary),
  };
  return {
    Arn,
    RoleName,
    RoleId,
    Path,
    CreateDate,
    AssumeRolePolicyDocument,
    holds,
    lastUsed: RoleLastUsed?.LastUsedDate,
    lastUsedRegion: RoleLastUsed?.Region,
    tags: tagsOf(Tags),
  };
}
