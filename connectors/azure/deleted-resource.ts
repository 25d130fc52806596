// https://learn.microsoft.com/en-us/rest/api/storagerp/deleted-accounts/list, https://learn.microsoft.com/en-us/rest/api/keyvault/keyvault/vaults/list-deleted
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { absent, type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { type DeletedSort, deletedSorts } from './deleted-resource-sorts.ts';
import { type Json, text } from './json.ts';
import { nameOf } from './key-vault.ts';
import { RefusedAnswer } from './refused-answer.ts';
import { propertiesOf, resourceCredential } from './resource-credential.ts';
import type { Session } from './session.ts';
import { listSubscriptions, subscriptionPages } from './subscriptions.ts';
import { textTime } from './text-time.ts';

const facts = {
  createdAt: 'exposed',
  expiresAt: 'exposed',
  statusSince: 'exposed',
  notBefore: 'never',
  purpose: 'from-tags',
  owner: 'from-tags',
} as const satisfies SurfaceKind['facts'];

type Item = { readonly sort: DeletedSort; readonly raw: Json };

export const deletedResource = defineSurface<Session, Item>({
  id: 'azure.deleted_resource',
  title: 'Deleted services that can still be restored with their keys',
  source: 'https://learn.microsoft.com/en-us/rest/api/storagerp/deleted-accounts/list',
  level: 'tenant',
  kinds: deletedSorts.flatMap(({ keys }) => (keys ? [{ kind: keys.kind, facts }] : [])),
  // Resource Graph does not hold what is deleted.
  operations: [listSubscriptions, ...deletedSorts.map((sort) => ({ call: callOf(sort), permission: 'Reader' }))],
  list,
  normalize,
});

function callOf({ noun }: DeletedSort): string {
  return `GET {subscriptionId}/providers/${noun}`;
}

const width = 8;

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  for await (const page of subscriptionPages(session)) {
    const asked = page.flatMap(({ subscriptionId }) =>
      deletedSorts.map((sort) => ({ sort, subscription: required(text(subscriptionId), 'subscriptionId') })),
    );
    for await (const { sort, subscription, found, refused } of fanOut(asked, width, (each) => deletedIn(each, session, look))) {
      for (const raw of sort.keys ? [] : found) look.leave(`${nounOf(sort)}/${nameOf(raw)}`, 'not-enabled', words(sort, raw));
      if (sort.keys) yield found.map((raw) => ({ sort, raw }));
      if (refused !== undefined) refuse(refused, `subscription/${subscription}/${sort.noun}`, look);
    }
  }
}

type Asked = { readonly sort: DeletedSort; readonly subscription: string };

async function deletedIn({ sort, subscription }: Asked, session: Session, look: Look) {
  const found: Json[] = [];
  const address = `/subscriptions/${subscription}/providers/${sort.noun}?api-version=${sort.version}`;
  try {
    const manager = await session.resourceManager();
    for await (const page of manager.pages(address, 'nextLink', look.signal)) found.push(...page);
    return { sort, subscription, found };
  } catch (error) {
    return { sort, subscription, found, refused: error };
  }
}

/** A subscription that has never used a provider is not registered with it, and answers so. */
function refuse(refused: unknown, scope: string, look: Look): void {
  if (refused instanceof RefusedAnswer && refused.code === 'MissingSubscriptionRegistration')
    look.leave(scope, 'not-enabled', refused.message);
  else look.gap(scope, refused);
}

function nounOf({ noun }: DeletedSort): string {
  return noun.split('/')[1] ?? noun;
}

/** What is in it can be listed neither there nor here. */
function words(sort: DeletedSort, raw: Json): string {
  const { deletedAt, purgeAt } = datesOf(sort, propertiesOf(raw));
  const [deleted, purged] = [deletedAt, purgeAt].map((each) => (each.state === 'known' ? each.value.slice(0, 10) : 'an unknown day'));
  return `deleted on ${deleted ?? ''}; until ${purged ?? ''} it can be restored with all that was in it, which is not listed as long as it is deleted`;
}

function datesOf(sort: DeletedSort, properties: Json): { readonly deletedAt: Fact<Instant>; readonly purgeAt: Fact<Instant> } {
  const deletedAt = textTime(properties[sort.deletedAt]);
  if (typeof sort.purgeAt === 'string') return { deletedAt, purgeAt: textTime(properties[sort.purgeAt]) };
  const purged = deletedAt.state === 'known' ? instant(epoch(deletedAt.value) + sort.purgeAt) : undefined;
  return { deletedAt, purgeAt: purged === undefined ? unknown('malformed-response', 'no readable day of deletion') : known(purged) };
}

function normalize({ sort, raw }: Item, seen: Seen<Session>): readonly InventoryRecord[] {
  const properties = propertiesOf(raw);
  const id = required(text(raw['id']), 'id');
  const name = required(text(raw['name']), 'name');
  const was = required(sort.was(id, properties), 'the id of what was deleted');
  const { deletedAt, purgeAt } = datesOf(sort, properties);
  const { kind, names } = required(sort.keys, 'keys');
  // The list has neither in fields of their own.
  const [, , subscriptionId, , resourceGroup] = was.split('/');
  return names.map((key) =>
    resourceCredential(
      {
        kind,
        id: `${was}/${key}`,
        name: key === 'keys' ? name : `${name} ${key}`,
        status: 'deleted-recoverable',
        parent: { name, subscriptionId, resourceGroup, tags: raw['tags'] ?? properties['tags'] },
        operation: callOf(sort),
        told: {
          createdAt:
            sort.made === undefined ? unknown('not-offered', 'the list does not say when it was made') : textTime(properties[sort.made]),
          rotatedAt: unknown('not-offered', 'keys of what is deleted are dated nowhere'),
          statusSince: deletedAt,
          expiresAt: purgeAt,
          notBefore: absent(),
        },
        details: {},
      },
      seen,
    ),
  );
}
