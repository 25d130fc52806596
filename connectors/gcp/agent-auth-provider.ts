import { type Look, type Seen, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { Status } from '../../src/model/record.ts';
import { type Accesses, accessIn, lastAccess, withoutProject, workloadsOf } from './agent-access.ts';
import { type Json, described, entryOf, isSet, namesIn, textIn, textsIn } from './answer.ts';
import { locatedPages } from './located-pages.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { type Session, nameOr } from './session.ts';

// https://docs.cloud.google.com/iam/docs/agent-identity-overview
const revocation = (seen: string) => ({ seen: [seen, 'the service it opens refuses the tokens made before'], tokensLive: null });

export const agentAuthProviderKind = defineKind({
  id: 'gcp.agent_auth_provider',
  title: 'Agent identity auth provider',
  record: 'credential',
  proves: 'Agents get the key or the tokens of an outside service from it.',
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    actor: 'workload',
    revocation: revocation('authProviders.list shows it disabled or deleted'),
    takesWith: ['gcp.agent_authorization'],
    leavesBehind: [],
  },
});
export const agentAuthorizationKind = defineKind({
  id: 'gcp.agent_authorization',
  title: 'Authorization that a user gave to agents',
  record: 'credential',
  proves: 'Agents act for the user who agreed, within the scopes agreed to.',
  traits: {
    expiry: 'never',
    rotation: 'automatic',
    proof: 'bearer',
    revocation: revocation('authProviders.authorizations.list no longer shows it'),
    takesWith: [],
    leavesBehind: [],
  },
});

type Raw = { readonly provider: Json; readonly authorization?: Json; readonly accesses: Accesses };

/** What the provider is given to sign in with is input only; the mask names nothing of it. */
const fields =
  'nextPageToken,unreachable,authProviders(name,description,labels,state,deleted,createTime,updateTime,expireTime,allowedScopes)';

export const agentAuthProvider: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.agent_auth_provider',
  title: 'Auth providers of agents and the authorizations behind them',
  source: 'https://docs.cloud.google.com/iam/docs/agent-identity-overview',
  level: 'project',
  kinds: [
    {
      kind: agentAuthProviderKind,
      facts: {
        createdAt: 'exposed',
        lastUsedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        purpose: 'exposed',
        consumers: 'exposed',
        owner: 'from-tags',
      },
    },
    {
      kind: agentAuthorizationKind,
      facts: { createdAt: 'exposed', lastUsedAt: 'exposed', expiresAt: 'never', notBefore: 'never', owner: 'not-offered' },
    },
  ],
  operations: [
    { call: call.listAuthProviders, permission: 'agentidentity.authProviders.list' },
    { call: call.listAuthorizations, permission: 'agentidentity.authorizations.list' },
    { call: call.listAccessSummaries, permission: 'agentidentity.accessSummaries.list', facts: ['lastUsedAt', 'consumers'] },
  ],
  list,
  normalize: (raw, seen) => [raw.authorization === undefined ? toProvider(raw, seen) : toAuthorization(raw, raw.authorization, seen)],
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  const { google, project } = session;
  let learning: Promise<Accesses> | undefined;
  const path = `v1/projects/${project}/locations/-/authProviders`;
  yield* itemsOfParts(look, {
    parts: locatedPages(session, look, { api: 'agentidentity', path, field: 'authProviders', query: { pageSize: '100', fields } }),
    width: 4,
    scopeOf: (provider) => `agent-auth-provider/${nameOr(provider, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(provider) {
      const accesses = await (learning ??= learnAccesses(session, look));
      const inside = `v1/${required(textIn(provider, 'name'), 'name')}/authorizations`;
      const authorizations = (await Array.fromAsync(google.pages('agentidentity', inside, 'authorizations', { pageSize: '100' }))).flat();
      return [{ provider, accesses }, ...authorizations.map((authorization) => ({ provider, authorization, accesses }))];
    },
  });
}

/** A refusal costs the last use only. */
async function learnAccesses({ google, project }: Session, look: Look): Promise<Accesses> {
  const path = `v1/projects/${project}/locations/-/accessSummaries`;
  const accesses = await look.learn(async () => {
    const pages = await Array.fromAsync(google.pages('agentidentity', path, 'accessSummaries', { pageSize: '1000' }));
    return known(pages.flat().map(accessIn));
  });
  return accesses.state === 'absent' ? unknown('not-offered') : accesses;
}

const statuses: Readonly<Record<string, Status>> = { ENABLED: 'active', ACTIVE: 'active', DISABLED: 'inactive', SUSPENDED: 'inactive' };

function statusOf(item: Json): Status {
  return isSet(item, 'deleted') ? 'deleted-recoverable' : (entryOf(statuses, textIn(item, 'state') ?? '') ?? 'unknown');
}

const unlearned = {
  rotatedAt: unknown('not-offered', 'updateTime moves with any change'),
  expiresAt: absent(),
  notBefore: absent(),
  privilege: unknown('not-offered'),
  fingerprint: unknown('not-offered'),
} as const;

function toProvider({ provider: item, accesses }: Raw, { session: { scope }, observedAt }: Seen<Session>): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const description = textIn(item, 'description');
  const lastUsedAt = lastAccess(accesses, (access) => access.provider === withoutProject(id));
  return credential({
    ...unlearned,
    id,
    kind: agentAuthProviderKind.id,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: statusOf(item),
    managedBy: 'customer',
    identity: absent(),
    createdAt: time(textIn(item, 'createTime')),
    lastUsedAt,
    purpose: description === undefined ? absent() : known(description),
    privileges: textsIn(item, 'allowedScopes'),
    consumers: workloadsOf(accesses, id),
    owners: [],
    tags: namesIn(item, 'labels'),
    evidence: [
      { operation: call.listAuthProviders, observedAt, fields: ['status', 'createdAt', 'purpose', 'tags'] },
      ...seenUsed(lastUsedAt, observedAt, ['lastUsedAt', 'consumers']),
    ],
    details: described({ state: textIn(item, 'state'), updatedAt: textIn(item, 'updateTime'), purgedAt: textIn(item, 'expireTime') }),
  });
}

function toAuthorization({ provider, accesses }: Raw, item: Json, { session: { scope }, observedAt }: Seen<Session>): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const user = textIn(item, 'clientUserId');
  const providerName = required(textIn(provider, 'name'), 'name');
  const own = withoutProject(providerName);
  const lastUsedAt =
    user === undefined ? unknown('not-offered') : lastAccess(accesses, (access) => access.provider === own && access.user === user);
  return credential({
    ...unlearned,
    id,
    kind: agentAuthorizationKind.id,
    provider: 'gcp',
    scope,
    name: `${user ?? 'a user'} by ${nameOr(provider, 'name', 'a provider').replace(/.*\//, '')}`,
    status: statusOf(item),
    managedBy: 'customer',
    identity: absent(),
    createdAt: time(textIn(item, 'createTime')),
    lastUsedAt,
    purpose: unknown('not-offered'),
    privileges: textsIn(item, 'scopes'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [
      { operation: call.listAuthorizations, observedAt, fields: ['status', 'createdAt'] },
      ...seenUsed(lastUsedAt, observedAt, ['lastUsedAt']),
    ],
    // Google does not verify the name: the application says it.
    details: described({ clientUserId: user, provider: providerName }),
  });
}

function seenUsed(lastUsedAt: Fact<Instant>, observedAt: Instant, fields: readonly string[]): readonly Provenance[] {
  return lastUsedAt.state === 'unknown' ? [] : [{ operation: call.listAccessSummaries, observedAt, fields }];
}
