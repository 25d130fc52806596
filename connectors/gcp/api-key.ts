import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import { accountIdOf } from './account-id.ts';
import { type Json, described, listIn, namesIn, objectIn, textIn, textsIn } from './answer.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/api-keys/docs/reference/rest/v2/projects.locations.keys/list
export const apiKeyKind = defineKind({
  id: 'gcp.api_key',
  title: 'Google Cloud API key',
  record: 'credential',
  proves: 'Whoever sends it calls the APIs that it is not restricted from, at the cost of its project or as its service account.',
  remedy: { delete: 'gcloud services api-keys delete {id/-1} --project={scope.project}' },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['projects.locations.keys.list with showDeleted shows its deleteTime, or no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

export const apiKey: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.api_key',
  title: 'API keys',
  source: 'https://cloud.google.com/api-keys/docs/reference/rest/v2/projects.locations.keys/list',
  level: 'project',
  kinds: [
    {
      kind: apiKeyKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'never',
        statusSince: 'exposed',
        notBefore: 'never',
        owner: 'from-tags',
      },
    },
  ],
  operations: [
    {
      call: call.listApiKeys,
      permission: 'apikeys.keys.list',
      fields: { status: 'deleteTime', statusSince: 'deleteTime', createdAt: 'createTime', rotatedAt: 'createTime' },
    },
  ],
  list,
  normalize: (item, { session, observedAt }) => [normalize(item, session, observedAt)],
});

/** Those bound to a service account come last, so that the ones of one service account stay together. */
async function* list({ project, google }: Session): AsyncGenerator<readonly Json[]> {
  const bound: Json[] = [];
  const query = { pageSize: '300', showDeleted: 'true' };
  for await (const page of google.pages('apikeys', `v2/projects/${project}/locations/global/keys`, 'keys', query)) {
    bound.push(...page.filter(isBound));
    yield page.filter((item) => !isBound(item));
  }
  yield bound.toSorted((a, b) => (textIn(a, 'serviceAccountEmail') ?? '').localeCompare(textIn(b, 'serviceAccountEmail') ?? '', 'en'));
}

function isBound(item: Json): boolean {
  const email = item['serviceAccountEmail'];
  return typeof email === 'string' && email !== '';
}

function normalize(item: Json, { scope, project }: Session, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const displayName = textIn(item, 'displayName');
  const account = textIn(item, 'serviceAccountEmail');
  const restrictions = restrictionsOf(item);
  const createdAt = time(textIn(item, 'createTime'));
  const deletedAt = textIn(item, 'deleteTime');
  return credential({
    id,
    kind: apiKeyKind.id,
    provider: 'gcp',
    scope,
    name: displayName ?? textIn(item, 'uid') ?? id,
    status: deletedAt === undefined ? 'active' : 'deleted-recoverable',
    statusSince: deletedAt === undefined ? unknown('not-offered', 'whether it was undeleted is not told') : time(deletedAt),
    // Firebase puts its keys into public pages by design: their restrictions matter, and their age does not.
    managedBy: displayName?.includes('auto created by Firebase') === true ? 'service' : 'customer',
    identity: account === undefined ? absent() : known(accountIdOf(account, project)),
    createdAt,
    // Its text never changes.
    rotatedAt: createdAt,
    lastUsedAt: unknown('not-offered', 'the API has no last use of a key'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    privileges:
      restrictions.apis === undefined ? ['every API of the project that takes API keys: no API restriction is set'] : [restrictions.apis],
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: namesIn(item, 'annotations'),
    evidence: [
      {
        operation: call.listApiKeys,
        observedAt,
        fields: ['status', ...(deletedAt === undefined ? [] : ['statusSince']), 'identity', 'createdAt', 'rotatedAt', 'tags'],
      },
    ],
    details: described({
      uid: textIn(item, 'uid'),
      serviceAccount: account,
      deletedAt,
      apiRestriction: restrictions.apis ?? 'none',
      clientRestriction: restrictions.clients ?? 'none',
    }),
  });
}

/** Undefined: not restricted, so it works for everything or from everywhere. */
function restrictionsOf(item: Json): { readonly apis: string | undefined; readonly clients: string | undefined } {
  const restrictions = objectIn(item, 'restrictions');
  const apis = listIn(restrictions, 'apiTargets').map((target) => textIn(target, 'service') ?? 'an API without a name');
  const clients = [
    ...textsIn(objectIn(restrictions, 'browserKeyRestrictions'), 'allowedReferrers'),
    ...textsIn(objectIn(restrictions, 'serverKeyRestrictions'), 'allowedIps'),
    ...textsIn(objectIn(restrictions, 'iosKeyRestrictions'), 'allowedBundleIds'),
    ...listIn(objectIn(restrictions, 'androidKeyRestrictions'), 'allowedApplications').map(
      (each) => textIn(each, 'packageName') ?? 'an Android app',
    ),
  ];
  return { apis: apis.length === 0 ? undefined : apis.join(', '), clients: clients.length === 0 ? undefined : clients.join(', ') };
}
