import type { GetAccountAuthorizationDetailsCommandOutput, IAM, RoleDetail as SdkRole, UserDetail as SdkUser } from '@aws-sdk/client-iam';
import { MalformedError } from '../../src/connector/refusal.ts';
import { tagsOf } from './tags.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html

export type AuthorizationPage = { readonly users: readonly UserDetail[]; readonly roles: readonly RoleDetail[] };
export type UserDetail = Pick<SdkUser, 'Arn' | 'UserName' | 'UserId' | 'Path' | 'CreateDate'> & {
  readonly tags: Readonly<Record<string, string>>;
};
export type RoleDetail = Pick<SdkRole, 'Arn' | 'RoleName' | 'RoleId' | 'Path' | 'CreateDate' | 'AssumeRolePolicyDocument'> & {
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

/** A page may be shorter than asked for; only `IsTruncated` says whether it was the last. */
export function nextMarker({
  IsTruncated,
  Marker,
}: Pick<GetAccountAuthorizationDetailsCommandOutput, 'IsTruncated' | 'Marker'>): string | undefined {
  if (IsTruncated !== true) return undefined;
  if (Marker === undefined || Marker === '') throw new MalformedError('a truncated page without a marker to the next');
  return Marker;
}

function toUser({ Arn, UserName, UserId, Path, CreateDate, Tags }: SdkUser): UserDetail {
  return { Arn, UserName, UserId, Path, CreateDate, tags: tagsOf(Tags) };
}

function toRole({ Arn, RoleName, RoleId, Path, CreateDate, AssumeRolePolicyDocument, RoleLastUsed, Tags }: SdkRole): RoleDetail {
  return {
    Arn,
    RoleName,
    RoleId,
    Path,
    CreateDate,
    AssumeRolePolicyDocument,
    lastUsed: RoleLastUsed?.LastUsedDate,
    lastUsedRegion: RoleLastUsed?.Region,
    tags: tagsOf(Tags),
  };
}
