// https://docs.github.com/rest/orgs/webhooks#list-organization-webhooks
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { pages } from './pages.ts';
import type { GitHubSession } from './session.ts';
import {
  type RawWebhook,
  type WithDelivery,
  webhookFacts,
  webhookFields,
  webhookId,
  webhookKind,
  webhookRecord,
  withDeliveries,
} from './webhook.ts';

const route = 'GET /orgs/{org}/hooks';
const deliveries = 'GET /orgs/{org}/hooks/{hook_id}/deliveries';

export const organizationWebhook = defineSurface<GitHubSession, WithDelivery>({
  id: 'github.organization_webhook',
  title: 'Webhooks of the organization',
  source: 'https://docs.github.com/rest/orgs/webhooks',
  level: 'organization',
  kinds: [{ kind: webhookKind, facts: webhookFacts }],
  operations: [
    { call: route, permission: 'organization_hooks:read', fields: webhookFields },
    { call: deliveries, permission: 'organization_hooks:read', fields: { lastUsedAt: 'delivered_at' }, facts: ['lastUsedAt'] },
  ],
  list,
  normalize,
});

async function* list({ client, organization }: GitHubSession, look: Look): AsyncGenerator<readonly WithDelivery[]> {
  const parameters = { org: organization.login };
  for await (const page of pages<RawWebhook>(client, { route, parameters }, look.signal))
    yield await withDeliveries(page, { client, route: deliveries, parameters }, look);
}

function normalize(raw: WithDelivery, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const { organization } = session;
  const record = webhookRecord(raw, {
    id: `organizations/${organization.id}/hooks/${webhookId(raw.hook)}`,
    scope: `organization/${organization.login}`,
    owners: [],
    tags: {},
    evidence: [
      { operation: route, observedAt, fields: ['name', 'status', 'createdAt', 'privilege', 'consumers'] },
      ...(raw.deliveredAt.state === 'known' ? [{ operation: deliveries, observedAt, fields: ['lastUsedAt'] }] : []),
    ],
  });
  return [record];
}
