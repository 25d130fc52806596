import type { Look } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, isSet, namesIn, objectIn, textIn } from './answer.ts';
import type { Api } from './api.ts';
import { locatedPages } from './located-pages.ts';
import type { Session } from './session.ts';

/** Developer Connect and Cloud Build have the same connections, each its own. */
export function connectionKind<const Id extends string>(id: Id, service: string) {
  return defineKind({
    id,
    title: `${service} connection to a Git host`,
    record: 'credential',
    proves: `${service} reads and builds repositories of the host by the App installation and the token behind it.`,
    traits: {
      expiry: 'never',
      rotation: 'in-place',
      proof: 'bearer',
      revocation: {
        seen: ['the connection is gone from the list or shows disabled', 'the host no longer shows the App installation'],
        tokensLive: null,
      },
      takesWith: [],
      // Deleting the connection uninstalls no App and destroys no secret.
      leavesBehind: ['gcp.secret', 'github.app_installation'],
    },
  });
}

/** All locations are asked at once. */
export function connectionsOf(session: Session, look: Look, api: Api, version: string): AsyncGenerator<readonly Json[]> {
  const path = `${version}/projects/${session.project}/locations/-/connections`;
  return locatedPages(session, look, { api, path, field: 'connections', query: { pageSize: '100' } });
}

const configs = [
  ['githubConfig', 'GitHub'],
  ['githubEnterpriseConfig', 'GitHub Enterprise'],
  ['gitlabConfig', 'GitLab'],
  ['gitlabEnterpriseConfig', 'GitLab self-managed'],
  ['bitbucketCloudConfig', 'Bitbucket Cloud'],
  ['bitbucketDataCenterConfig', 'Bitbucket Data Center'],
] as const;

/** The token itself is in Secret Manager; its version is named. */
export function connectionRecord(
  item: Json,
  {
    kind,
    operation,
    scope,
    observedAt,
  }: { readonly kind: string; readonly operation: string; readonly scope: string; readonly observedAt: string },
): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const [field, host] = configs.find(([name]) => Object.keys(objectIn(item, name)).length > 0) ?? ['', 'unknown'];
  const config = objectIn(item, field);
  const authorizer = objectIn(config, 'authorizerCredential');
  const login = textIn(authorizer, 'username');
  return credential({
    id,
    kind,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    ...statusOf(item),
    managedBy: 'customer',
    identity: absent(),
    createdAt: time(textIn(item, 'createTime')),
    rotatedAt: unknown('not-offered', 'updateTime moves with any change; the secret version behind it has its own record'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners:
      login === undefined
        ? []
        : [{ role: 'technical', ref: field.startsWith('github') ? `gh:${login}` : login, by: 'authorizer of the connection' }],
    tags: { ...namesIn(item, 'labels'), ...namesIn(item, 'annotations') },
    evidence: [{ operation, observedAt, fields: ['status', 'createdAt', 'owners', 'tags'] }],
    details: described({
      host,
      appInstallationId: textIn(config, 'appInstallationId'),
      secretVersion:
        textIn(authorizer, 'oauthTokenSecretVersion') ??
        textIn(authorizer, 'userTokenSecretVersion') ??
        textIn(config, 'privateKeySecretVersion'),
      stage: textIn(objectIn(item, 'installationState'), 'stage'),
    }),
  });
}

/** Until the App is installed and its authorizer has agreed, the connection opens nothing. */
function statusOf(item: Json): { readonly status: Status; readonly statusSince: Fact<Instant> } {
  const deletedAt = textIn(item, 'deleteTime');
  if (deletedAt !== undefined) return { status: 'pending-deletion', statusSince: time(deletedAt) };
  const stage = textIn(objectIn(item, 'installationState'), 'stage');
  const isClosed = isSet(item, 'disabled') || (stage !== undefined && stage !== 'COMPLETE');
  return { status: isClosed ? 'inactive' : 'active', statusSince: unknown('not-offered', 'updateTime moves with any change') };
}
