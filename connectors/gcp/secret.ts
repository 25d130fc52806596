import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, namesIn, objectIn, textIn } from './answer.ts';
import { call } from './operation.ts';
import { pagesOf } from './pages.ts';
import { type Versions, aliasesOf, readVersions } from './secret-versions.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/list
export const secretKind = defineKind({
  id: 'gcp.secret',
  title: 'Secret in Google Cloud Secret Manager',
  record: 'credential',
  proves: 'Holds a value that opens some other system for whoever may read the secret.',
  remedy: {
    rotate: 'gcloud secrets versions add {name} --data-file=- --project={scope.project}',
    delete: 'gcloud secrets delete {name} --project={scope.project}',
  },
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['projects.secrets.list no longer shows it', 'the system it opens refuses the old value'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Raw = { readonly item: Json; readonly versions: Fact<Versions>; readonly isRegional: boolean };

const versionFacts = { facts: ['rotatedAt'] as const };

export const secret: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.secret',
  title: 'Secret Manager secrets',
  source: 'https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/list',
  level: 'project',
  kinds: [
    {
      kind: secretKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        rotationDueAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'never',
        purpose: 'from-tags',
        owner: 'from-tags',
      },
    },
  ],
  operations: [
    {
      call: call.listSecrets,
      permission: 'secretmanager.secrets.list',
      fields: { createdAt: 'createTime', rotationDueAt: 'rotation.nextRotationTime', expiresAt: 'expireTime' },
    },
    {
      call: call.listSecretVersions,
      permission: 'secretmanager.versions.list',
      fields: { status: 'versions.state', rotatedAt: 'versions.createTime' },
      ...versionFacts,
    },
    {
      call: call.listRegionalSecrets,
      permission: 'secretmanager.secrets.list',
      fields: { createdAt: 'createTime', expiresAt: 'expireTime' },
    },
    {
      call: call.listRegionalSecretVersions,
      permission: 'secretmanager.versions.list',
      fields: { status: 'versions.state', rotatedAt: 'versions.createTime' },
      ...versionFacts,
    },
  ],
  list,
  normalize: (raw, { session, observedAt }) => [normalize(raw, session, observedAt)],
});

const secretsAtOnce = 8;

async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  const { google, project, secretLocations } = session;
  const global = google.pages('secretmanager', `v1/projects/${project}/secrets`, 'secrets', { pageSize: '250' });
  yield* withVersions(look, false, global, (name) => google.pages('secretmanager', `v1/${name}/versions`, 'versions', enabled));
  for (const location of secretLocations) {
    try {
      yield* regional(session, look, location);
    } catch (error) {
      look.gap(`${session.scope}/${location}`, error);
    }
  }
}

const enabled = { filter: 'state:ENABLED', pageSize: '250' };

/** Regional secrets are known at the address of their location alone; no list spans locations. */
function regional({ google, project }: Session, look: Look, location: string): AsyncGenerator<readonly Raw[]> {
  const origin = `https://secretmanager.${location}.rep.googleapis.com`;
  const pages = (path: string, field: string, query: Readonly<Record<string, string>>) =>
    pagesOf(field, (pageToken) => google.getAt('secretmanager', origin, path, { ...query, pageToken }));
  const secrets = pages(`v1/projects/${project}/locations/${location}/secrets`, 'secrets', { pageSize: '250' });
  return withVersions(look, true, secrets, (name) => pages(`v1/${name}/versions`, 'versions', enabled));
}

async function* withVersions(
  look: Look,
  isRegional: boolean,
  secrets: AsyncIterable<readonly Json[]>,
  versionsOf: (name: string) => AsyncIterable<readonly Json[]>,
): AsyncGenerator<readonly Raw[]> {
  for await (const page of secrets) {
    const secretsWithVersions = fanOut(page, secretsAtOnce, async (item): Promise<Raw> => {
      const name = item['name'];
      const versions = typeof name === 'string' ? await look.learn(() => readVersions(versionsOf(name))) : absent();
      return { item, versions, isRegional };
    });
    yield await Array.fromAsync(secretsWithVersions);
  }
}

function normalize({ item, versions, isRegional }: Raw, { scope }: Session, observedAt: Instant): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const rotation = objectIn(item, 'rotation');
  const isManaged = textIn(objectIn(rotation, 'managedRotationStatus'), 'state') === 'ACTIVE';
  return credential({
    id,
    kind: secretKind.id,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: statusOf(versions),
    managedBy: 'customer',
    identity: absent(),
    createdAt: time(textIn(item, 'createTime')),
    // A schedule only sends notices, and labels and annotations change without the value.
    rotatedAt: versions.state === 'known' ? known(versions.value.newestAt) : versions,
    // Without managed rotation the schedule sends a notice, and nothing is renewed by it.
    ...(isManaged ? { rotationDueAt: timeOrAbsent(textIn(rotation, 'nextRotationTime')) } : {}),
    lastUsedAt: unknown('not-offered', 'only data access audit logs tell who read a secret'),
    expiresAt: timeOrAbsent(textIn(item, 'expireTime')),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: { ...namesIn(item, 'labels'), ...namesIn(item, 'annotations') },
    evidence: [
      {
        operation: isRegional ? call.listRegionalSecrets : call.listSecrets,
        observedAt,
        fields: ['createdAt', 'expiresAt', 'tags', ...(isManaged ? ['rotationDueAt'] : [])],
      },
      ...(versions.state === 'unknown'
        ? []
        : [
            {
              operation: isRegional ? call.listRegionalSecretVersions : call.listSecretVersions,
              observedAt,
              fields: ['rotatedAt', 'status'],
            },
          ]),
    ],
    details: detailsOf(item, versions),
  });
}

function detailsOf(item: Json, versions: Fact<Versions>): Record<string, string> {
  const rotation = objectIn(item, 'rotation');
  const managed = objectIn(rotation, 'managedRotationStatus');
  const nextAt = textIn(rotation, 'nextRotationTime');
  const isManaged = textIn(managed, 'state') === 'ACTIVE';
  const { aliases, behind } = aliasesOf(item, versions);
  return described({
    secretType: textIn(item, 'secretType'),
    rotation: isManaged ? 'managed' : nextAt === undefined ? 'none' : 'notices only',
    nextNoticeAt: isManaged ? undefined : nextAt,
    readableVersions: versions.state === 'known' ? String(versions.value.count) : undefined,
    aliases,
    aliasesBehindNewest: behind,
    rotationError: textIn(objectIn(managed, 'error'), 'message'),
  });
}

/** Disabled and destroyed versions open nothing: a secret that has no other is dead, and not stale. */
function statusOf(versions: Fact<Versions>): Status {
  if (versions.state === 'unknown') return 'unknown';
  return versions.state === 'known' ? 'active' : 'inactive';
}
