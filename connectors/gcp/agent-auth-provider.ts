import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, isSet, namesIn, objectIn, textIn, textsIn } from './answer.ts';
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

type Raw = { readonly provider: Json; readonly authorization?: Json };

/** What the provider is given to sign in with is input only; the mask names nothing of it. */
const fields =
  'nextPageToken,authProviders(name,description,labels,state,deleted,createTime,updateTime,expireTime,allowedScopes,workloadIds)';

export const agentAuthProvider: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.agent_auth_provider',
  title: 'Auth providers of agents and the authorizations behind them',
  source: 'https://docs.cloud.google.com/iam/docs/agent-identity-overview',
  level: 'project',
  kinds: [
    {
      kind: agentAuthProviderKind,
      facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never', purpose: 'exposed', owner: 'from-tags' },
    },
    { kind: agentAuthorizationKind, facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never', owner: 'not-offered' } },
  ],
  operations: [
    { call: call.listAuthProviders, permission: 'agentidentity.authProviders.list' },
    { call: call.listAuthorizations, permission: 'agentidentity.authorizations.list' },
  ],
  list,
  normalize: ({ provider, authorization }, { session, observedAt }) => [
    authorization === undefined ? toProvider(provider, session, observedAt) : toAuthorization(authorization, provider, session, observedAt),
  ],
});

async function* list({ google, project }: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  yield* itemsOfParts(look, {
    parts: google.pages('agentidentity', `v1/projects/${project}/locations/-/authProviders`, 'authProviders', { pageSize: '100', fields }),
    width: 4,
    scopeOf: (provider) => `agent-auth-provider/${nameOr(provider, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(provider) {
      const path = `v1/${required(textIn(provider, 'name'), 'name')}/authorizations`;
      const authorizations = (await Array.fromAsync(google.pages('agentidentity', path, 'authorizations', { pageSize: '100' }))).flat();
      return [{ provider }, ...authorizations.map((authorization) => ({ provider, authorization }))];
    },
  });
}

function statusOf(item: Json): Status {
  if (isSet(item, 'deleted') || textIn(item, 'state') === 'DELETED') return 'deleted-recoverable';
  const state = textIn(item, 'state');
  if (state === 'DISABLED' || state === 'REVOKED') return 'inactive';
  return state === 'ACTIVE' || state === 'ENABLED' ? 'active' : 'unknown';
}

const unlearned = {
  rotatedAt: unknown('not-offered', 'updateTime moves with any change'),
  lastUsedAt: unknown('not-offered'),
  expiresAt: absent(),
  notBefore: absent(),
  privilege: unknown('not-offered'),
  fingerprint: unknown('not-offered'),
} as const;

function toProvider(item: Json, { scope }: Session, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const description = textIn(item, 'description');
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
    purpose: description === undefined ? absent() : known(description),
    privileges: textsIn(item, 'allowedScopes'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: namesIn(item, 'labels'),
    evidence: [{ operation: call.listAuthProviders, observedAt, fields: ['status', 'createdAt', 'purpose', 'tags'] }],
    details: described({ state: textIn(item, 'state'), updatedAt: textIn(item, 'updateTime'), purgedAt: textIn(item, 'expireTime') }),
  });
}

function toAuthorization(item: Json, provider: Json, { scope }: Session, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const user = textIn(item, 'clientUserId');
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
    purpose: unknown('not-offered'),
    privileges: textsIn(item, 'scopes'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation: call.listAuthorizations, observedAt, fields: ['status', 'createdAt'] }],
    // Google does not verify the name: the application says it.
    details: described({ clientUserId: user, provider: textIn(objectIn({ provider }, 'provider'), 'name') }),
  });
}
