import { createHash } from 'node:crypto';
import { type Look, type Seen, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Grant, grant } from '../../src/model/grant.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Trust } from '../../src/model/trust.ts';
import { type Account, readAccount } from './account.ts';
import { accountIdOf } from './account-id.ts';
import { type Json, described, listIn, objectIn, textIn, textsIn } from './answer.ts';
import { remarkOn } from './confirmation.ts';
import { type Denials, restraintOn } from './denial.ts';
import { learnDenials } from './deny-policies.ts';
import { getDenyPolicy, listDenyPolicies } from './deny-policy.ts';
import { type FederatedMember, federatedMember, trustsOfMember } from './federated-member.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { levelOfRole } from './role-level.ts';
import { segment } from './reader.ts';
import { listServiceAccounts } from './service-account.ts';
import { type Session, nameOr } from './session.ts';
import { listPools } from './workload-identity-pool.ts';
import { listProviders } from './workload-identity-provider.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/getIamPolicy
const revocation = { seen: ['projects.serviceAccounts.getIamPolicy no longer names the member for the role'], tokensLive: '1h' } as const;

const remedy = {
  delete:
    'gcloud iam service-accounts remove-iam-policy-binding {details.serviceAccount} --member={details.member} --role={details.role} --project={scope.project}',
} as const;

export const serviceAccountGrantKind = defineKind({
  id: 'gcp.service_account_grant',
  title: 'Role on a service account',
  record: 'grant',
  proves: 'Its member does with the service account what the role allows: become it, make keys for it, or attach it to a workload.',
  remedy,
  traits: { expiry: 'optional', rotation: 'none', proof: 'none', revocation, takesWith: [], leavesBehind: [] },
});

export const workloadIdentityBindingKind = defineKind({
  id: 'gcp.workload_identity_binding',
  title: 'Outside workload that may become a service account',
  record: 'credential',
  proves: 'The workloads of another cloud, cluster or CI system that it names act as the service account, with no key.',
  remedy,
  traits: { expiry: 'optional', rotation: 'none', proof: 'federated', actor: 'workload', revocation, takesWith: [], leavesBehind: [] },
});

/** One member of one binding. */
type Raw = {
  readonly account: Account;
  readonly role: string | undefined;
  readonly member: string;
  readonly condition: Json;
  readonly trust: readonly Trust[] | undefined;
  readonly denials: Denials;
};

const accountsAtOnce = 10;

export const serviceAccountAccess: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.service_account_access',
  title: 'Who can become each service account, by its own policy',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/getIamPolicy',
  level: 'project',
  kinds: [
    { kind: serviceAccountGrantKind, facts: { expiresAt: 'exposed', privilege: 'exposed', owner: 'not-offered' } },
    { kind: workloadIdentityBindingKind, facts: { expiresAt: 'exposed', notBefore: 'never', owner: 'not-offered' } },
  ],
  operations: [
    listServiceAccounts,
    { call: call.getServiceAccountPolicy, permission: 'iam.serviceAccounts.getIamPolicy' },
    listPools,
    listProviders,
    { call: call.getAncestry, permission: 'resourcemanager.projects.get', facts: ['privilege'] },
    { ...listDenyPolicies, facts: ['privilege'] },
    { ...getDenyPolicy, facts: ['privilege'] },
  ],
  list,
  normalize(raw, seen) {
    const named = { ...raw, role: required(raw.role, 'role') };
    return [raw.trust === undefined ? toGrant(named, seen) : toBinding(named, raw.trust, seen)];
  },
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  const denials = await learnDenials(session, look);
  const unasked: Instant[] = [];
  yield* itemsOfParts(look, {
    parts: session.serviceAccounts,
    width: accountsAtOnce,
    scopeOf: ({ item }) => `service-account/${nameOr(item, 'email', 'unnamed')}`,
    async read({ item, listed }) {
      // Whoever is named in such a policy may well be a finding, so only that nobody is named is taken from the inventory.
      if (listed?.policy?.namesSomebody !== false) return membersOf(session, item, denials);
      readAccount(item);
      unasked.push(listed.policy.readAt);
      return [];
    },
  });
  remarkOn(look, unasked, 'whose own policy names nobody');
}

async function membersOf(session: Session, item: Json, denials: Denials): Promise<readonly Raw[]> {
  const account = readAccount(item);
  // A service account by its wildcard project would answer 403 for what is gone.
  const path = `v1/projects/${session.project}/serviceAccounts/${segment(account.email)}:getIamPolicy`;
  const policy = await session.google.post('iam', path, { options: { requestedPolicyVersion: 3 } });
  const members: Raw[] = [];
  for (const binding of listIn(policy, 'bindings')) {
    const role = roleIn(binding);
    for (const member of textsIn(binding, 'members')) {
      const federated = federatedMember(member);
      members.push({
        account,
        role,
        member,
        condition: objectIn(binding, 'condition'),
        trust: federated && (await trustOf(session, federated)),
        denials,
      });
    }
  }
  // What proves the service account stays together; a condition of its own makes a member a member twice.
  return members.toSorted((a, b) => Number(b.trust !== undefined) - Number(a.trust !== undefined));
}

/** A binding that cannot be read is an item that cannot be read: it hides no other of the service account. */
function roleIn(binding: Json): string | undefined {
  const role = binding['role'];
  return typeof role === 'string' ? role : undefined;
}

/** The pools of this project tell who stands behind a member; those of others are named as they are. */
async function trustOf(session: Session, member: FederatedMember): Promise<readonly Trust[]> {
  for await (const page of session.pools) {
    for (const pool of page) {
      const name = textIn(pool, 'name');
      if (name !== undefined && name === member.pool) return trustsOfMember(member, await session.providers(name));
    }
  }
  return trustsOfMember(member, []);
}

type Named = Raw & { readonly role: string };

function toGrant({ account, role, member, condition, denials }: Named, { session, observedAt }: Seen<Session>): Grant {
  const { privilege = levelOfRole(role), deniedBy } = restraintOn(role, member, denials);
  return grant({
    id: idOf(account, role, member, condition),
    kind: serviceAccountGrantKind.id,
    provider: 'gcp',
    scope: session.scope,
    name: `${member} ${role} on ${account.email}`,
    status: 'active',
    managedBy: isServiceAgent(member) ? 'provider' : 'customer',
    identity: holderOf(member, session.project),
    permission: known(role),
    createdAt: unknown('not-offered'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: endOf(condition),
    purpose: unknown('not-offered'),
    privilege,
    privileges: [`${role} on ${account.email}`, ...heldBack(deniedBy)],
    owners: [],
    tags: {},
    evidence: [
      { operation: call.getServiceAccountPolicy, observedAt, fields: ['identity', 'permission', 'expiresAt', 'privilege'] },
      ...(deniedBy.length === 0 ? [] : [{ operation: call.getDenyPolicy, observedAt, fields: ['privilege'] }]),
    ],
    details: detailsOf({ account, member, role, condition }),
  });
}

function toBinding(
  { account, role, member, condition, denials }: Named,
  trust: readonly Trust[],
  { session, observedAt }: Seen<Session>,
): Credential {
  return credential({
    id: idOf(account, role, member, condition),
    kind: workloadIdentityBindingKind.id,
    provider: 'gcp',
    scope: session.scope,
    name: `${member.replace(/^.*\/workloadIdentityPools\//, '')} as ${account.email}`,
    status: account.isDisabled ? 'quarantined' : 'active',
    managedBy: 'customer',
    identity: known(account.name),
    createdAt: unknown('not-offered'),
    rotatedAt: unknown('not-offered'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: endOf(condition),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-looked'),
    privileges: [`${role} on ${account.email}`, ...heldBack(restraintOn(role, member, denials).deniedBy)],
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    trust,
    owners: [],
    tags: {},
    evidence: [
      { operation: call.getServiceAccountPolicy, observedAt, fields: ['identity', 'expiresAt', 'trust'] },
      { operation: call.listWorkloadIdentityProviders, observedAt, fields: ['trust'] },
    ],
    details: detailsOf({ account, member, role, condition }),
  });
}

/** Absent for who is deleted: Google keeps the role all the same, and gives it back when the principal is undeleted. */
function holderOf(member: string, project: string): Fact<string> {
  if (member.startsWith('deleted:')) return absent();
  const email = /^serviceAccount:([^?[]+)$/.exec(member)?.[1];
  return known(email === undefined ? member : accountIdOf(email, project));
}

/** A member may hold a role several times, each time under another condition; a title is not needed, and need not be the only one. */
function idOf(account: Account, role: string, member: string, condition: Json): string {
  const grant = `${account.name}/${role}/${member}`;
  const expression = textIn(condition, 'expression');
  if (expression === undefined) return grant;
  const digest = createHash('sha256').update(expression).digest('hex').slice(0, 8);
  return `${grant}?condition=${textIn(condition, 'title') ?? ''}-${digest}`;
}

/** Compensating evidence: the role is there, and does less. */
function heldBack(policies: readonly string[]): readonly string[] {
  return policies.map((policy) => `held back by deny policy ${policy}`);
}

function detailsOf({ account, member, role, condition }: Pick<Named, 'account' | 'member' | 'role' | 'condition'>): Record<string, string> {
  return described({ serviceAccount: account.email, member, role, condition: textIn(condition, 'expression') });
}

/** The end that a condition sets: `request.time < timestamp("2026-12-31T00:00:00Z")`. Any other condition sets none that is certain. */
function endOf(condition: Json): Fact<Instant> {
  const end = /\brequest\.time\s*<=?\s*timestamp\(\s*["']([^"']+)["']\s*\)/.exec(textIn(condition, 'expression') ?? '')?.[1];
  const at = end === undefined ? undefined : instant(end);
  return at === undefined ? absent() : known(at);
}

/** Google's own, which act inside Google's projects. */
function isServiceAgent(member: string): boolean {
  return /@(?:gcp-sa-[a-z0-9-]+|cloudservices|[a-z0-9-]+-robot|serverless-robot-prod)(?:\.iam)?\.gserviceaccount\.com$/.test(member);
}
