import { UnreachableError } from '../../src/connector/refusal.ts';
import type { Look } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, isSet, listIn, namesIn, objectIn, textIn, textsIn } from './answer.ts';
import type { Api } from './api.ts';
import { answersOf } from './pages.ts';
import type { Session } from './session.ts';

/** The page of connections in all locations; a location that Google cannot reach is a gap. */
export async function* connectionsOf({ google, scope }: Session, look: Look, api: Api, path: string): AsyncGenerator<readonly Json[]> {
  for await (const answer of answersOf((pageToken) => google.get(api, path, { pageSize: '100', pageToken }))) {
    for (const location of textsIn(answer, 'unreachable'))
      look.gap(`${scope}/${location.replace(/.*\//, '')}`, new UnreachableError(`${location} could not be reached`));
    yield listIn(answer, 'connections');
  }
}

const configs = [
  ['githubConfig', 'GitHub'],
  ['githubEnterpriseConfig', 'GitHub Enterprise'],
  ['gitlabConfig', 'GitLab'],
  ['gitlabEnterpriseConfig', 'GitLab self-managed'],
  ['bitbucketCloudConfig', 'Bitbucket Cloud'],
  ['bitbucketDataCenterConfig', 'Bitbucket Data Center'],
] as const;

/** Developer Connect and Cloud Build write a connection alike. The token itself is in Secret Manager; its version is named. */
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
    status: statusOf(item),
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
function statusOf(item: Json): Status {
  if (textIn(item, 'deleteTime') !== undefined) return 'pending-deletion';
  const stage = textIn(objectIn(item, 'installationState'), 'stage');
  if (isSet(item, 'disabled') || (stage !== undefined && stage !== 'COMPLETE')) return 'inactive';
  return 'active';
}
