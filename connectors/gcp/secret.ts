import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, namesIn, objectIn, textIn } from './answer.ts';
import { call } from './operation.ts';
import { pagesOf } from './pages.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/list
export const secretKind = defineKind({
  id: 'gcp.secret',
  title: 'Secret in Google Cloud Secret Manager',
  record: 'credential',
  proves: 'Holds a value that opens some other system for whoever may read the secret.',
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['projects.secrets.list no longer shows it', 'the system it opens refuses the old value'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Raw = { readonly item: Json; readonly newest: Fact<Instant>; readonly isRegional: boolean };

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
    { call: call.listSecrets, permission: 'secretmanager.secrets.list' },
    { call: call.listSecretVersions, permission: 'secretmanager.versions.list', ...versionFacts },
    { call: call.listRegionalSecrets, permission: 'secretmanager.secrets.list' },
    { call: call.listRegionalSecretVersions, permission: 'secretmanager.versions.list', ...versionFacts },
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
    const newest = fanOut(page, secretsAtOnce, async (item): Promise<Raw> => {
      const name = item['name'];
      const fact = typeof name === 'string' ? await look.learn(() => newestOf(versionsOf(name))) : absent();
      return { item, newest: fact, isRegional };
    });
    yield await Array.fromAsync(newest);
  }
}

/** When the newest version that can be read was made. A schedule only sends notices, and labels and annotations change without the value. */
async function newestOf(versions: AsyncIterable<readonly Json[]>): Promise<Fact<Instant>> {
  const times: Instant[] = [];
  for await (const page of versions) {
    for (const version of page) {
      const made = time(textIn(version, 'createTime'));
      if (made.state !== 'known') throw new MalformedError('a version without the time it was made');
      times.push(made.value);
    }
  }
  const newest = times.toSorted().at(-1);
  return newest === undefined ? absent() : known(newest);
}

function normalize({ item, newest, isRegional }: Raw, { scope }: Session, observedAt: Instant): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const rotation = objectIn(item, 'rotation');
  const managed = objectIn(rotation, 'managedRotationStatus');
  const nextAt = textIn(rotation, 'nextRotationTime');
  const isManaged = textIn(managed, 'state') === 'ACTIVE';
  const versions = isRegional ? call.listRegionalSecretVersions : call.listSecretVersions;
  return credential({
    id,
    kind: secretKind.id,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: statusOf(newest),
    managedBy: 'customer',
    identity: absent(),
    createdAt: time(textIn(item, 'createTime')),
    rotatedAt: newest,
    // Without managed rotation the schedule sends a notice, and nothing is renewed by it.
    ...(isManaged ? { rotationDueAt: timeOrAbsent(nextAt) } : {}),
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
      ...(newest.state === 'unknown' ? [] : [{ operation: versions, observedAt, fields: ['rotatedAt', 'status'] }]),
    ],
    details: described({
      secretType: textIn(item, 'secretType'),
      rotation: isManaged ? 'managed' : nextAt === undefined ? 'none' : 'notices only',
      nextNoticeAt: isManaged ? undefined : nextAt,
      rotationError: textIn(objectIn(managed, 'error'), 'message'),
    }),
  });
}

/** Disabled and destroyed versions open nothing: a secret that has no other is dead, and not stale. */
function statusOf(newest: Fact<Instant>): Status {
  if (newest.state === 'unknown') return 'unknown';
  return newest.state === 'known' ? 'active' : 'inactive';
}
