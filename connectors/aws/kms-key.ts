import type { KMSClient } from '@aws-sdk/client-kms';
import { type Look, type Surface, type SurfaceKind, defineSurface } from '../../src/connector/contract.ts';
import { required, time, timeOrAbsent } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Status } from '../../src/model/record.ts';
import { keyUsageBudget, serviceBudget } from './budget.ts';
import { evidenceOf } from './evidence-of.ts';
import { kindOf, kmsFixedKeyKind, kmsImportedKeyKind, kmsKeyKind } from './kms-key-kinds.ts';
import { type KmsKey, type LastUse, aliasesByKey, describeKey, lastUsage, tagsOfKey } from './kms-key-reads.ts';
import { type Reader, type Schedule, rotationOf, scheduleOf } from './kms-key-rotation.ts';
import { itemsOf, pagesOf, partsOf } from './pages.ts';
import { purposeOf } from './purpose.ts';
import type { RegionSession } from './session.ts';
import { type Tags, toldTags } from './told-tags.ts';

// https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html

type RawKey = {
  readonly key: KmsKey;
  readonly aliases: readonly string[];
  readonly tags: Fact<Tags>;
  readonly rotatedAt: Fact<Instant>;
  /** Undefined for a key that can have no schedule. */
  readonly schedule: Schedule | undefined;
  readonly lastUse: LastUse;
};

const describing = 'kms:DescribeKey';
const tagging = 'kms:ListResourceTags';
const scheduling = 'kms:GetKeyRotationStatus';
const rotating = 'kms:ListKeyRotations';
const using = 'kms:GetKeyLastUsage';

const facts: SurfaceKind['facts'] = {
  createdAt: 'exposed',
  rotatedAt: 'exposed',
  lastUsedAt: 'exposed',
  expiresAt: 'never',
  notBefore: 'never',
  purpose: 'exposed',
  owner: 'from-tags',
};

export const kmsKey: Surface<RegionSession> = defineSurface<RegionSession, RawKey>({
  id: 'aws.kms_key',
  title: 'KMS customer keys',
  source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html',
  level: 'region',
  kinds: [
    { kind: kmsKeyKind, facts: { ...facts, rotationDueAt: 'exposed' } },
    { kind: kmsImportedKeyKind, facts: { ...facts, expiresAt: 'exposed' } },
    { kind: kmsFixedKeyKind, facts },
  ],
  operations: [
    { call: 'kms:ListKeys', permission: 'kms:ListKeys' },
    { call: 'kms:ListAliases', permission: 'kms:ListAliases' },
    {
      call: describing,
      permission: describing,
      fields: { status: 'KeyState', createdAt: 'CreationDate', expiresAt: 'ValidTo', purpose: 'Description' },
    },
    { call: tagging, permission: tagging, facts: ['owner'] },
    { call: scheduling, permission: scheduling, fields: { rotationDueAt: 'NextRotationDate' }, facts: ['rotatedAt', 'rotationDueAt'] },
    { call: rotating, permission: rotating, fields: { rotatedAt: 'Rotations.RotationDate' }, facts: ['rotatedAt'] },
    { call: using, permission: using, fields: { lastUsedAt: 'KeyLastUsage.Timestamp' }, facts: ['lastUsedAt'] },
  ],

  async *list(session, look) {
    const { KMSClient, ListKeysCommand } = await import('@aws-sdk/client-kms');
    const kms = await session.service(() => Promise.resolve(KMSClient));
    // A class of its own has a wire of its own, with the budget of this one call.
    const usage = await session.service(() => Promise.resolve(class extends KMSClient {}), keyUsageBudget);
    const aliases = await aliasesOrGap(kms, session, look);
    const pages = pagesOf('Keys', async (token) => {
      const { Keys, NextMarker } = await kms.send(new ListKeysCommand({ Limit: 1000, Marker: token }), { abortSignal: look.signal });
      return { items: Keys?.map(({ KeyId }) => required(KeyId, 'KeyId')), next: NextMarker };
    });
    yield* partsOf(customerKeys(itemsOf(pages), aliases), {
      look,
      width: serviceBudget.concurrency,
      scopeOf: (id) => `${session.scope}/key/${id}`,
      read: (id) => readKey({ kms, usage, session, look }, id, aliases.get(id) ?? []),
    });
  },

  normalize({ key, aliases, tags, rotatedAt, schedule, lastUse }, { session, observedAt }): readonly InventoryRecord[] {
    const kind = kindOf(key);
    const told = toldTags(tags, tagging, observedAt);
    const createdAt = time(key.CreationDate);
    const expiresAt = kind === kmsImportedKeyKind ? timeOrAbsent(key.ValidTo) : absent();
    return [
      credential({
        id: required(key.Arn, 'Arn'),
        kind: kind.id,
        provider: 'aws',
        scope: session.scope,
        name: aliases[0] ?? required(key.KeyId, 'KeyId'),
        identity: absent(),
        status: statuses[key.KeyState ?? ''] ?? 'unknown',
        managedBy: 'customer',
        createdAt,
        rotatedAt: kind === kmsFixedKeyKind && rotatedAt.state === 'absent' ? createdAt : rotatedAt,
        ...(schedule ? { rotationDueAt: schedule.dueAt } : {}),
        lastUsedAt: lastUse.at,
        expiresAt,
        notBefore: absent(),
        purpose: purposeOf(key.Description),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        ...told.owners,
        tags: told.tags,
        evidence: [
          ...evidenceOf(
            { operation: describing, fields: ['status', 'createdAt', 'expiresAt', 'purpose'] },
            [
              [kind === kmsFixedKeyKind ? describing : rotating, 'rotatedAt', rotatedAt],
              ...(schedule ? ([[scheduling, 'rotationDueAt', schedule.dueAt]] as const) : []),
              [using, 'lastUsedAt', lastUse.at],
            ],
            observedAt,
          ),
          ...told.evidence,
        ],
        details: detailsOf({ key, aliases, schedule, lastUse }),
      }),
    ];
  },
});

const statuses: Readonly<Record<string, Status>> = {
  Enabled: 'active',
  // Only its multi-Region primary is changing; it goes on working.
  Updating: 'active',
  Disabled: 'inactive',
  // Without material, or without its key store, it does nothing.
  PendingImport: 'inactive',
  Unavailable: 'inactive',
  Creating: 'inactive',
  PendingDeletion: 'pending-deletion',
  PendingReplicaDeletion: 'pending-deletion',
};

/** Without the names all keys are still listed, by their ids. */
async function aliasesOrGap(kms: KMSClient, { scope }: RegionSession, look: Look): Promise<ReadonlyMap<string, readonly string[]>> {
  const learned = await look.learn(async () => {
    try {
      return known(await aliasesByKey(kms, look.signal));
    } catch (error) {
      look.gap(`${scope}/aliases`, error);
      throw error;
    }
  });
  return valueOf(learned) ?? new Map();
}

/** Only AWS can name a key `alias/aws/…`: such a key is its own, and needs no call to tell so. */
async function* customerKeys(ids: AsyncIterable<string>, aliases: ReadonlyMap<string, readonly string[]>): AsyncGenerator<string> {
  for await (const id of ids) if (aliases.get(id)?.some((name) => name.startsWith('alias/aws/')) !== true) yield id;
}

async function readKey(
  { usage, ...reader }: Reader & { readonly usage: KMSClient },
  id: string,
  aliases: readonly string[],
): Promise<readonly RawKey[]> {
  const { kms, look } = reader;
  const key = await describeKey(kms, id, look.signal);
  // The material of AWS managed keys is renewed every year, and nobody can configure it.
  if (key.KeyManager === 'AWS') return [];
  const [tags, rotatedAt, schedule, lastUse] = await Promise.all([
    look.learn(() => tagsOfKey(kms, id, look.signal)),
    rotationOf(key, reader),
    scheduleOf(key, reader),
    look.learn(async () => known(await lastUsage(usage, id, look.signal))),
  ]);
  return [{ key, aliases, tags, rotatedAt, schedule, lastUse: lastUse.state === 'known' ? lastUse.value : { at: lastUse } }];
}

function detailsOf({ key, aliases, schedule, lastUse }: Omit<RawKey, 'tags' | 'rotatedAt'>): Readonly<Record<string, string>> {
  const { KeyState, KeySpec, KeyUsage, Origin, DeletionDate, MultiRegionConfiguration } = key;
  const deletedAt = DeletionDate && instant(DeletionDate);
  const shown = {
    keyState: KeyState,
    keySpec: KeySpec,
    keyUsage: KeyUsage,
    origin: Origin,
    aliases: aliases.length > 1 ? aliases.join(', ') : undefined,
    multiRegion: MultiRegionConfiguration?.MultiRegionKeyType,
    rotationPeriodInDays: schedule?.periodInDays?.toString(),
    lastOperation: lastUse.operation,
    deletedAt,
  };
  return Object.fromEntries(Object.entries(shown).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
