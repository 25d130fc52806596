import { type Look, type Seen, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, isSet, listIn, textIn, textsIn } from './answer.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { type Session, nameOr } from './session.ts';
import { stateOf } from './federation-pool.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.oauthClients/list
export const iamOauthClientKind = defineKind({
  id: 'gcp.iam_oauth_client',
  title: 'IAM OAuth client',
  record: 'identity',
  proves: 'An application that signs workforce identities in and acts for them within its scopes.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    actor: 'workload',
    revocation: { seen: ['projects.locations.oauthClients.list shows it disabled or DELETED'], tokensLive: '1h' },
    takesWith: ['gcp.iam_oauth_client_credential'],
    leavesBehind: [],
  },
});
export const iamOauthClientCredentialKind = defineKind({
  id: 'gcp.iam_oauth_client_credential',
  title: 'Secret of an IAM OAuth client',
  record: 'credential',
  proves: 'Its holder trades sign-ins for tokens as the application.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'bearer',
    actor: 'workload',
    revocation: { seen: ['oauthClients.credentials.list shows it disabled, or no longer shows it'], tokensLive: '1h' },
    takesWith: [],
    leavesBehind: [],
  },
});

type Raw = { readonly client: Json; readonly credentials: readonly Json[] };

export const iamOauthClient: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.iam_oauth_client',
  title: 'IAM OAuth clients and their secrets',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.oauthClients/list',
  level: 'project',
  kinds: [
    { kind: iamOauthClientKind, facts: { expiresAt: 'never', purpose: 'exposed', owner: 'not-offered' } },
    {
      kind: iamOauthClientCredentialKind,
      facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'never', notBefore: 'never', owner: 'not-offered' },
    },
  ],
  operations: [
    { call: call.listOauthClients, permission: 'iam.googleapis.com/oauthClients.list' },
    {
      call: call.listOauthClientCredentials,
      permission: 'iam.googleapis.com/oauthClientCredentials.list',
      fields: { createdAt: 'createTime', rotatedAt: 'createTime', status: 'disabled' },
    },
  ],
  list,
  normalize,
});

/** The answer would hold `clientSecret`; a field mask keeps it at Google. */
const withoutSecret = 'oauthClientCredentials(name,displayName,disabled,createTime,updateTime)';

async function* list({ google, project }: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  yield* itemsOfParts(look, {
    parts: google.pages('iam', `v1/projects/${project}/locations/global/oauthClients`, 'oauthClients', {
      pageSize: '100',
      showDeleted: 'true',
    }),
    width: 5,
    scopeOf: (client) => `oauth-client/${nameOr(client, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(client) {
      const path = `v1/${required(textIn(client, 'name'), 'name')}/credentials`;
      return [{ client, credentials: listIn(await google.get('iam', path, { fields: withoutSecret }), 'oauthClientCredentials') }];
    },
  });
}

function normalize({ client, credentials }: Raw, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const id = required(textIn(client, 'name'), 'name');
  const description = textIn(client, 'description');
  const own = identity({
    ...common,
    scope: session.scope,
    id,
    kind: iamOauthClientKind.id,
    name: textIn(client, 'displayName') ?? id.slice(id.lastIndexOf('/') + 1),
    status: stateOf(client),
    createdAt: unknown('not-offered'),
    purpose: description === undefined ? absent() : known(description),
    privileges: textsIn(client, 'allowedScopes'),
    evidence: [{ operation: call.listOauthClients, observedAt, fields: ['status', 'purpose'] }],
    details: described({
      clientId: textIn(client, 'clientId'),
      clientType: textIn(client, 'clientType'),
      redirectsTo: textsIn(client, 'allowedRedirectUris').join(' '),
      purgedAt: textIn(client, 'expireTime'),
    }),
  });
  return [own, ...credentials.map((item) => toCredential(item, own, observedAt))];
}

const common = {
  provider: 'gcp',
  managedBy: 'customer',
  lastUsedAt: unknown('not-offered'),
  expiresAt: absent(),
  privilege: unknown('not-offered'),
  owners: [],
  tags: {},
} as const;

function toCredential(item: Json, client: Identity, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const createdAt = time(textIn(item, 'createTime'));
  return credential({
    ...common,
    scope: client.scope,
    id,
    kind: iamOauthClientCredentialKind.id,
    name: textIn(item, 'displayName') ?? id.slice(id.lastIndexOf('/') + 1),
    status: isSet(item, 'disabled') ? 'inactive' : client.status === 'active' ? 'active' : 'quarantined',
    identity: known(client.id),
    createdAt,
    rotatedAt: createdAt,
    notBefore: absent(),
    purpose: unknown('not-offered'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    evidence: [{ operation: call.listOauthClientCredentials, observedAt, fields: ['identity', 'status', 'createdAt', 'rotatedAt'] }],
    details: {},
  });
}
