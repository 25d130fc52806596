import type { DescribeSecretCommandOutput, SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { secretsBudget } from './budget.ts';
import type { RegionSession } from './session.ts';
import { tagsOf } from './tags.ts';

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html

export const secretKind = defineKind({
  id: 'aws.secretsmanager_secret',
  title: 'Secret in AWS Secrets Manager',
  record: 'credential',
  proves: 'Holds a value that opens some other system for whoever may read the secret.',
  remedy: {
    rotate: 'aws secretsmanager rotate-secret --secret-id {id} --region {scope.region}',
    delete: 'aws secretsmanager delete-secret --secret-id {id} --recovery-window-in-days 30 --region {scope.region}',
  },
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: {
      seen: ['ListSecrets shows its deletion, or no longer shows it', 'the system it opens refuses the old value'],
      tokensLive: null,
    },
    takesWith: [],
    leavesBehind: [],
  },
});

type Secret = Pick<
  SecretListEntry,
  | 'ARN'
  | 'Name'
  | 'Description'
  | 'Type'
  | 'OwningService'
  | 'PrimaryRegion'
  | 'RotationEnabled'
  | 'CreatedDate'
  | 'LastRotatedDate'
  | 'LastAccessedDate'
  | 'NextRotationDate'
  | 'DeletedDate'
> & { readonly tags: Readonly<Record<string, string>> };
/** A fact with the call that told it. */
type Told = { readonly fact: Fact<Instant>; readonly by: string };
type RawSecret = { readonly secret: Secret; readonly rotated: Told; readonly lastUsed: Told };

const listing = 'secretsmanager:ListSecrets';
const versions = 'secretsmanager:ListSecretVersionIds';
const describing = 'secretsmanager:DescribeSecret';

export const secretsmanagerSecret: Surface<RegionSession> = defineSurface<RegionSession, RawSecret>({
  id: 'aws.secretsmanager_secret',
  title: 'Secrets Manager secrets',
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html',
  level: 'region',
  kinds: [
    {
      kind: secretKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        rotationDueAt: 'exposed',
        lastUsedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        purpose: 'exposed',
        owner: 'from-tags',
      },
    },
  ],
  operations: [
    {
      call: listing,
      permission: listing,
      fields: {
        status: 'DeletedDate',
        createdAt: 'CreatedDate',
        rotatedAt: 'LastRotatedDate',
        rotationDueAt: 'NextRotationDate',
        lastUsedAt: 'LastAccessedDate',
        purpose: 'Description',
      },
    },
    { call: versions, permission: versions, fields: { rotatedAt: 'Versions.CreatedDate' }, facts: ['rotatedAt'] },
    {
      call: describing,
      permission: describing,
      fields: { lastUsedAt: ['LastAccessedDate', 'ReplicationStatus.LastAccessedDate'] },
      facts: ['lastUsedAt'],
    },
  ],

  async *list(session, look) {
    for await (const page of secretPages(session, look.signal)) {
      const raw: RawSecret[] = [];
      const details = fanOut(
        page.filter((secret) => isOwnRow(secret, session)),
        secretsBudget.concurrency,
        (secret) => withDetails(session, look, secret),
      );
      for await (const secret of details) raw.push(secret);
      yield raw;
    }
  },

  normalize({ secret, rotated, lastUsed }, { session, observedAt }): readonly InventoryRecord[] {
    return [
      credential({
        id: required(secret.ARN, 'ARN'),
        kind: secretKind.id,
        provider: 'aws',
        scope: session.scope,
        name: required(secret.Name, 'Name'),
        identity: databaseOf(secret.tags),
        status: secret.DeletedDate === undefined ? 'active' : 'pending-deletion',
        managedBy: secret.OwningService === undefined ? 'customer' : 'service',
        createdAt: time(secret.CreatedDate),
        rotatedAt: rotated.fact,
        rotationDueAt: rotationDue(secret),
        lastUsedAt: lastUsed.fact,
        expiresAt: absent(),
        notBefore: absent(),
        purpose: secret.Description === undefined || secret.Description === '' ? absent() : known(secret.Description),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: secret.tags,
        evidence: evidenceOf({ rotatedAt: rotated, lastUsedAt: lastUsed }, observedAt),
        details: detailsOf(secret),
      }),
    ];
  },
});

async function* secretPages(session: RegionSession, signal: AbortSignal): AsyncGenerator<readonly Secret[]> {
  const secretsManager = await clientOf(session);
  let token: string | undefined;
  do {
    const page = await secretsManager.listSecrets(
      { IncludePlannedDeletion: true, MaxResults: 100, ...(token === undefined ? {} : { NextToken: token }) },
      { abortSignal: signal },
    );
    yield required(page.SecretList, 'SecretList').map(toSecret);
    token = page.NextToken;
  } while (token !== undefined && token !== '');
}

function clientOf({ service }: RegionSession) {
  return service(async () => (await import('@aws-sdk/client-secrets-manager')).SecretsManager, secretsBudget);
}

function toSecret(entry: SecretListEntry): Secret {
  const {
    ARN,
    Name,
    Description,
    Type,
    OwningService,
    PrimaryRegion,
    RotationEnabled,
    CreatedDate,
    LastRotatedDate,
    LastAccessedDate,
    NextRotationDate,
    DeletedDate,
  } = entry;
  return {
    ARN,
    Name,
    Description,
    Type,
    OwningService,
    PrimaryRegion,
    RotationEnabled,
    CreatedDate,
    LastRotatedDate,
    LastAccessedDate,
    NextRotationDate,
    DeletedDate,
    tags: tagsOf(entry.Tags),
  };
}

/** A replica is the same secret as its primary; it has a row only where the primary's region is not looked at. */
function isOwnRow({ PrimaryRegion }: Secret, { region, regions }: RegionSession): boolean {
  return PrimaryRegion === undefined || PrimaryRegion === region || !regions.includes(PrimaryRegion);
}

async function withDetails(session: RegionSession, look: Look, secret: Secret): Promise<RawSecret> {
  const [rotated, lastUsed] = await Promise.all([rotation(session, look, secret), lastAccess(session, look, secret)]);
  return { secret, rotated, lastUsed };
}

/**
 * `LastChangedDate` moves with a tag or a description, and `LastRotatedDate` not with a value put by hand. The list is enough only
 * where rotation is on and in time; else the time of the current version is asked for.
 */
async function rotation(session: RegionSession, look: Look, secret: Secret): Promise<Told> {
  const { DeletedDate, RotationEnabled, LastRotatedDate, NextRotationDate } = secret;
  if (DeletedDate !== undefined) return { fact: unknown('not-looked', 'it is scheduled for deletion'), by: listing };
  const isInTime = RotationEnabled === true && NextRotationDate !== undefined && NextRotationDate.getTime() >= epoch(look.now());
  if (isInTime && LastRotatedDate !== undefined) return { fact: time(LastRotatedDate), by: listing };
  return { fact: await look.learn(() => currentVersion(session, look.signal, secret)), by: versions };
}

/** The latest moment of the next rotation, where one is set. A past one was missed: rotation is on, and failing. */
function rotationDue({ RotationEnabled, NextRotationDate }: Secret): Fact<Instant> {
  return RotationEnabled === true ? time(NextRotationDate) : absent();
}

async function currentVersion(session: RegionSession, signal: AbortSignal, { ARN }: Secret): Promise<Fact<Instant>> {
  const secretsManager = await clientOf(session);
  const SecretId = required(ARN, 'ARN');
  let token: string | undefined;
  do {
    const page = await secretsManager.listSecretVersionIds(
      { SecretId, MaxResults: 100, ...(token === undefined ? {} : { NextToken: token }) },
      { abortSignal: signal },
    );
    const current = required(page.Versions, 'Versions').find(({ VersionStages }) => VersionStages?.includes('AWSCURRENT') === true);
    if (current) return time(current.CreatedDate);
    token = page.NextToken;
  } while (token !== undefined && token !== '');
  // A secret that was made without a value.
  return absent();
}

/** The list tells the last access in this region alone; a secret with replicas may be read in others. The date has no time of day. */
async function lastAccess(session: RegionSession, look: Look, secret: Secret): Promise<Told> {
  const since = secret.CreatedDate && instant(secret.CreatedDate);
  if (secret.PrimaryRegion === undefined) return { fact: timeOrAbsent(secret.LastAccessedDate, since), by: listing };
  const fact = await look.learn(async () => {
    const described = await (await clientOf(session)).describeSecret(
      { SecretId: required(secret.ARN, 'ARN') },
      { abortSignal: look.signal },
    );
    required(described.ARN, 'ARN');
    return timeOrAbsent(newestAccess(described), since);
  });
  return { fact, by: describing };
}

function newestAccess({ LastAccessedDate, ReplicationStatus }: DescribeSecretCommandOutput): Date | undefined {
  const dates = [LastAccessedDate, ...(ReplicationStatus ?? []).map((replica) => replica.LastAccessedDate)];
  return dates.flatMap((date) => date ?? []).toSorted((a, b) => b.getTime() - a.getTime())[0];
}

/** RDS names the database whose master password it keeps here; it writes its tags in more than one case. */
function databaseOf(tags: Readonly<Record<string, string>>): Fact<string> {
  const database = Object.entries(tags).find(([key]) => /^aws:rds:primarydb(?:instance|cluster)arn$/i.test(key))?.[1];
  return database === undefined ? absent() : known(database);
}

function evidenceOf(told: Readonly<Record<'rotatedAt' | 'lastUsedAt', Told>>, observedAt: Instant): readonly Provenance[] {
  const known = Object.entries(told).filter(([, { fact }]) => fact.state !== 'unknown');
  const by = (operation: string): string[] => known.filter(([, each]) => each.by === operation).map(([field]) => field);
  const calls = [versions, describing].map((operation) => ({ operation, observedAt, fields: by(operation) }));
  return [
    { operation: listing, observedAt, fields: ['createdAt', 'status', 'rotationDueAt', 'purpose', 'tags', ...by(listing)] },
    ...calls.filter(({ fields }) => fields.length > 0),
  ];
}

function detailsOf({ RotationEnabled, OwningService, Type, PrimaryRegion, DeletedDate }: Secret): Readonly<Record<string, string>> {
  const deletedAt = DeletedDate && instant(DeletedDate);
  return {
    rotation: RotationEnabled === true ? 'on' : 'off',
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(OwningService === undefined ? {} : { owningService: OwningService }),
    ...(Type === undefined ? {} : { type: Type }),
    ...(PrimaryRegion === undefined ? {} : { primaryRegion: PrimaryRegion }),
  };
}
