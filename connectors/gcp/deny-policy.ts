import { type Look, type Seen, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Grant, grant } from '../../src/model/grant.ts';
import { defineKind } from '../../src/model/kind.ts';
import { accountIdOf } from './account-id.ts';
import { type Json, described, textIn, timestampIn } from './answer.ts';
import { type Denial, denialsIn, policyTitle } from './denial.ts';
import type { DenyPolicies } from './deny-policies.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { nameOr } from './session.ts';

// https://cloud.google.com/iam/docs/reference/rest/v2/policies
export const denyExceptionKind = defineKind({
  id: 'gcp.deny_exception',
  title: 'Exception to a deny policy',
  record: 'grant',
  proves: 'Its holder may go on using what the policy denies to everybody else.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['policies.get no longer names the principal as an exception'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

export const listDenyPolicies = { call: call.listDenyPolicies, permission: 'iam.denypolicies.list' };
export const getDenyPolicy = { call: call.getDenyPolicy, permission: 'iam.denypolicies.get' };

/** What deny policies can be attached to: one organisation, folder or project. */
export type DenialSession = {
  readonly scope: string;
  /** As Google names it: `projects/larkspur-analytics`. */
  readonly resource: string;
  readonly denyPolicies: DenyPolicies;
};

type Raw = { readonly policy: Json; readonly rule: Denial; readonly index: number; readonly principal: string };

export const denyPolicy: Surface<DenialSession> = defineSurface<DenialSession, Raw>({
  id: 'gcp.deny_policy',
  title: 'Deny policies and whom they except',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v2/policies',
  level: 'denial',
  kinds: [{ kind: denyExceptionKind, facts: { expiresAt: 'never', owner: 'not-offered' } }],
  operations: [listDenyPolicies, getDenyPolicy],
  list,
  normalize: (raw, seen) => [normalize(raw, seen)],
});

async function* list({ resource, denyPolicies }: DenialSession, look: Look): AsyncGenerator<readonly Raw[]> {
  yield* itemsOfParts(look, {
    parts: denyPolicies.attachedTo(resource),
    width: 1,
    scopeOf: (policy) => `deny-policy/${nameOr(policy, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(listed) {
      const policy = await denyPolicies.whole(required(textIn(listed, 'name'), 'name'));
      return denialsIn(policy).flatMap((rule, index) => rule.exceptPrincipals.map((principal) => ({ policy, rule, index, principal })));
    },
  });
}

function normalize({ policy, rule, index, principal }: Raw, { session, observedAt }: Seen<DenialSession>): Grant {
  const name = required(textIn(policy, 'name'), 'name');
  const denied = rule.permissions.join(' ');
  return grant({
    id: `${name}/rules/${String(index)}/${required(principal, 'a principal')}`,
    kind: denyExceptionKind.id,
    provider: 'gcp',
    scope: session.scope,
    name: `${principal} excepted from ${policyTitle(policy)}`,
    status: 'active',
    managedBy: 'customer',
    identity: identityOf(principal),
    permission: known(denied),
    createdAt: unknown('not-offered', 'a policy tells when it was made and last changed, and not since when it excepts somebody'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-looked'),
    privileges: [`excepted from the denial of ${denied}`],
    owners: [],
    tags: {},
    evidence: [{ operation: call.getDenyPolicy, observedAt, fields: ['identity', 'permission'] }],
    details: described({
      policy: policyTitle(policy),
      deniedTo: rule.principals.join(' '),
      condition: rule.condition,
      policyCreatedAt: timestampIn(policy, 'createTime'),
      policyUpdatedAt: timestampIn(policy, 'updateTime'),
    }),
  });
}

/**
 * The record of a service account that tells its project, or the principal as the policy names it. Absent for who is deleted: Google keeps the
 * exception, and gives it back when the principal is undeleted.
 */
function identityOf(principal: string): Fact<string> {
  if (principal.startsWith('deleted:')) return absent();
  const email = /^principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/([^/?]+\.iam\.gserviceaccount\.com)$/.exec(
    principal,
  )?.[1];
  return known(email === undefined ? principal : accountIdOf(email, '-'));
}
