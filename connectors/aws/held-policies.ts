import type { AttachedPermissionsBoundary, AttachedPolicy, GroupDetail, IAM, ManagedPolicyDetail, PolicyDetail } from '@aws-sdk/client-iam';
import { MalformedError } from '../../src/connector/refusal.ts';
import { nextMarker } from './next-marker.ts';
import { type Statement, parseStatements } from './policy-statement.ts';

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html

/** The policies that a user, role or group holds, as GetAccountAuthorizationDetails names them. */
export type Held = {
  readonly inline: readonly Inline[];
  /** ARNs. */
  readonly attached: readonly string[];
  readonly groups: readonly string[];
  readonly boundary: string | undefined;
};
export type Inline = { readonly name: string; readonly document: string };
/** What is attached by name: groups by theirs, the customer's policies by ARN. A policy that is none stays as the reason. */
export type Attachable = {
  readonly groups: ReadonlyMap<string, Held>;
  readonly policies: ReadonlyMap<string, readonly Statement[] | MalformedError>;
};

/**
 * Groups and the customer's own policies: asked for apart from users and roles, since users come first in the answer and their policies
 * last. Policies of AWS are not asked for: they are the same everywhere, and known by name.
 */
export async function attachable(iam: Pick<IAM, 'getAccountAuthorizationDetails'>, signal: AbortSignal): Promise<Attachable> {
  const groups = new Map<string, Held>();
  const policies = new Map<string, readonly Statement[] | MalformedError>();
  let marker: string | undefined;
  do {
    const page = await iam.getAccountAuthorizationDetails(
      { Filter: ['Group', 'LocalManagedPolicy'], MaxItems: 1000, ...(marker === undefined ? {} : { Marker: marker }) },
      { abortSignal: signal },
    );
    if (page.GroupDetailList === undefined && page.Policies === undefined)
      throw new MalformedError('authorization details without groups and policies');
    for (const group of page.GroupDetailList ?? []) groups.set(group.GroupName ?? '', heldByGroup(group));
    for (const policy of page.Policies ?? []) policies.set(policy.Arn ?? '', statementsInForce(policy));
    marker = nextMarker(page);
  } while (marker !== undefined);
  return { groups, policies };
}

function heldByGroup({ GroupPolicyList, AttachedManagedPolicies }: GroupDetail): Held {
  return { inline: inlineOf(GroupPolicyList), attached: arnsOf(AttachedManagedPolicies), groups: [], boundary: undefined };
}

export function inlineOf(policies: readonly PolicyDetail[] | undefined): readonly Inline[] {
  return (policies ?? []).map(({ PolicyName, PolicyDocument }) => ({ name: PolicyName ?? '', document: PolicyDocument ?? '' }));
}

export function arnsOf(policies: readonly AttachedPolicy[] | undefined): readonly string[] {
  return (policies ?? []).map(({ PolicyArn }) => PolicyArn ?? '');
}

export function boundaryOf(boundary: AttachedPermissionsBoundary | undefined): string | undefined {
  return boundary?.PermissionsBoundaryArn;
}

/** Of its up to five versions only the default one counts. */
function statementsInForce({ Arn, PolicyVersionList }: ManagedPolicyDetail): readonly Statement[] | MalformedError {
  const name = `policy ${Arn?.split('/').at(-1) ?? ''}`;
  const version = PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion === true);
  try {
    return parseStatements(version?.Document ?? '', name);
  } catch (error) {
    if (error instanceof MalformedError) return error;
    throw error;
  }
}
