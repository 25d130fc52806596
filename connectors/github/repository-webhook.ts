// https://docs.github.com/rest/repos/webhooks#list-repository-webhooks
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { pages } from './pages.ts';
import { indexOperation } from './repository-index.ts';
import { type InRepository, readParts, scopeOf } from './repository-parts.ts';
import { propertiesOperation } from './repository-properties.ts';
import { inheritedFrom } from './repository-record.ts';
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

const route = 'GET /repos/{owner}/{repo}/hooks';
const deliveries = 'GET /repos/{owner}/{repo}/hooks/{hook_id}/deliveries';

type Raw = InRepository<WithDelivery>;

export const repositoryWebhook = defineSurface<GitHubSession, Raw>({
  id: 'github.repository_webhook',
  title: 'Webhooks of the repositories',
  source: 'https://docs.github.com/rest/repos/webhooks',
  level: 'organization',
  kinds: [{ kind: webhookKind, facts: { ...webhookFacts, owner: 'from-tags' } }],
  operations: [
    indexOperation,
    { call: route, permission: 'repository_hooks:read', fields: webhookFields },
    { call: deliveries, permission: 'repository_hooks:read', fields: { lastUsedAt: 'delivered_at' }, facts: ['lastUsedAt'] },
    propertiesOperation,
  ],
  list,
  normalize,
});

function list(session: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const { client } = session;
  return readParts<WithDelivery>(session, look, (repository) => {
    const parameters = { owner: repository.owner, repo: repository.name };
    async function* withTheirs(): AsyncGenerator<readonly WithDelivery[]> {
      for await (const page of pages<RawWebhook>(client, { route, parameters }, look.signal))
        yield await withDeliveries(page, { client, route: deliveries, parameters }, look);
    }
    return [{ repository, scope: scopeOf(repository), pages: withTheirs }];
  });
}

function normalize({ item, ...around }: Raw, { observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const { evidence, ...inherited } = inheritedFrom(around, observedAt);
  const record = webhookRecord(item, {
    ...inherited,
    id: `repositories/${around.repository.id}/hooks/${webhookId(item.hook)}`,
    evidence: [
      ...evidence,
      { operation: route, observedAt, fields: ['name', 'status', 'createdAt', 'privilege', 'consumers'] },
      ...(item.deliveredAt.state === 'known' ? [{ operation: deliveries, observedAt, fields: ['lastUsedAt'] }] : []),
    ],
  });
  return [record];
}
