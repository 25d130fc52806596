// https://learn.microsoft.com/en-us/rest/api/resources/subscriptions/list, https://learn.microsoft.com/en-us/rest/api/resources/resource-groups/list
import { type Look, type Seen, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { known } from '../../src/model/fact.ts';
import { type Scope, scope } from '../../src/model/scope.ts';
import { type Json, described, text } from './json.ts';
import { propertiesOf } from './resource-credential.ts';
import { resourceScope } from './resource-scope.ts';
import { resourceTags } from './resource-tags.ts';
import type { Session } from './session.ts';
import { listSubscriptions, subscriptionPages } from './subscriptions.ts';

const listGroups = { call: 'GET {subscriptionId}/resourcegroups', permission: 'Reader' } as const;

/** A subscription, or a group in it. */
type Item = { readonly raw: Json; readonly group?: Json };

/** No kind of its own: what it lists are the scopes that resources live in, and whose tags may name an owner. */
export const subscription: Surface<Session> = defineSurface<Session, Item>({
  id: 'azure.subscription',
  title: 'Subscriptions and resource groups, whose tags may name an owner',
  source: 'https://learn.microsoft.com/en-us/rest/api/resources/resource-groups/list',
  level: 'tenant',
  kinds: [],
  // Not by Resource Graph: it takes personal data out of what it tells, and an owner is a person.
  operations: [listSubscriptions, listGroups],
  list,
  normalize,
});

const width = 8;

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  for await (const page of subscriptionPages(session)) {
    for await (const { raw, groups, refused } of fanOut(page, width, (each) => groupsOf(each, session, look))) {
      yield [{ raw }];
      yield* groups;
      if (refused !== undefined) look.gap(`subscription/${text(raw['subscriptionId']) ?? ''}`, refused);
    }
  }
}

/** One subscription that does not tell its groups is a gap, and still a scope itself. */
async function groupsOf(raw: Json, session: Session, look: Look) {
  const groups: Item[][] = [];
  const subscription = text(raw['subscriptionId']);
  // Without an id it is no scope either, and counted as unread there.
  if (subscription === undefined) return { raw, groups };
  try {
    const manager = await session.resourceManager();
    const address = `/subscriptions/${encodeURIComponent(subscription)}/resourcegroups?api-version=2021-04-01&$top=1000`;
    for await (const page of manager.pages(address, 'nextLink', look.signal)) groups.push(page.map((group) => ({ raw, group })));
    return { raw, groups };
  } catch (error) {
    return { raw, groups, refused: error };
  }
}

function normalize({ raw, group }: Item, { session, observedAt }: Seen<Session>): readonly Scope[] {
  const own = group ?? raw;
  const subscription = required(text(raw['subscriptionId']), 'subscriptionId');
  const name = group ? required(text(group['name']), 'name') : (text(raw['displayName']) ?? subscription);
  return [
    scope({
      id: resourceScope(session, subscription, group && name),
      provider: 'azure',
      name,
      tags: known(resourceTags(own['tags'])),
      evidence: [{ operation: (group ? listGroups : listSubscriptions).call, observedAt, fields: ['name', 'tags'] }],
      details: described({ state: group ? propertiesOf(group)['provisioningState'] : raw['state'] }),
    }),
  ];
}
