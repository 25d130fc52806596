// https://learn.microsoft.com/en-us/rest/api/automation/credential/list-by-automation-account, https://learn.microsoft.com/en-us/rest/api/automation/webhook/list-by-automation-account
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Child, childPages } from './children.ts';
import { isJson, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { orExpired, propertiesOf, resourceCredential } from './resource-credential.ts';
import type { Session } from './session.ts';
import { isNoTime, textTime } from './text-time.ts';

export const automationCredentialKind = defineKind({
  id: 'azure.automation_credential',
  title: 'Credential of an Automation account',
  record: 'credential',
  proves: 'A stored user name and password, with which runbooks sign in elsewhere.',
  remedy: { delete: 'az resource delete --ids {id}' },
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    actor: 'workload',
    revocation: { seen: ['credential absent', 'the stored password changed where it is accepted'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.user_password', 'azure.keyvault_secret'],
  },
});
export const automationWebhookKind = defineKind({
  id: 'azure.automation_webhook',
  title: 'Webhook of a runbook',
  record: 'credential',
  proves: 'Whoever knows its address starts the runbook, with all that its Automation account may do.',
  remedy: { delete: 'az resource delete --ids {id}' },
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['webhook absent, or isEnabled false'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.keyvault_secret'],
  },
});

const operations = {
  credentials: { call: 'GET {automationAccountId}/credentials', permission: 'Reader' },
  webhooks: { call: 'GET {automationAccountId}/webhooks', permission: 'Reader' },
} as const;

export const automationAsset = defineSurface<Session, Child>({
  id: 'azure.automation_asset',
  title: 'Credentials and webhooks of Automation accounts',
  source: 'https://learn.microsoft.com/en-us/rest/api/automation/credential/list-by-automation-account',
  level: 'tenant',
  kinds: [
    {
      kind: automationCredentialKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        purpose: 'exposed',
        owner: 'from-tags',
      },
    },
    {
      kind: automationWebhookKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        lastUsedAt: 'exposed',
        expiresAt: 'exposed',
        notBefore: 'never',
        purpose: 'exposed',
        owner: 'from-tags',
      },
    },
  ],
  operations: [resourcesOperation, operations.credentials, operations.webhooks],
  list,
  normalize: (item, seen) => [item.operation === operations.webhooks ? webhookOf(item, seen) : credentialOf(item, seen)],
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Child[]> {
  const type = 'microsoft.automation/automationaccounts';
  yield* childPages(session, look, { type, noun: 'credentials', version: '2023-11-01', operation: operations.credentials });
  // The version that every cloud has.
  yield* childPages(session, look, { type, noun: 'webhooks', version: '2015-10-31', operation: operations.webhooks });
}

function credentialOf({ parent, raw }: Child, seen: Seen<Session>): InventoryRecord {
  const { creationTime, lastModifiedTime, description, userName } = propertiesOf(raw);
  const createdAt = textTime(creationTime);
  const changedAt = textTime(lastModifiedTime);
  return resourceCredential(
    {
      kind: automationCredentialKind,
      id: required(text(raw['id']), 'id'),
      name: required(text(raw['name']), 'name'),
      status: 'active',
      parent,
      operation: operations.credentials.call,
      told: {
        createdAt,
        rotatedAt: rotationOf(createdAt, changedAt),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: wordsOf(description),
      },
      details: { userName, changedAt: changedAt.state === 'known' ? changedAt.value : undefined },
    },
    seen,
  );
}

/** What was never changed has its first password; of a change nobody can say whether it was of the password or of the description. */
function rotationOf(createdAt: Fact<Instant>, changedAt: Fact<Instant>): Fact<Instant> {
  if (createdAt.state !== 'known' || changedAt.state !== 'known') return createdAt.state === 'known' ? changedAt : createdAt;
  return changedAt.value === createdAt.value
    ? createdAt
    : unknown('not-offered', 'it was changed since it was made, but not whether its password was');
}

function webhookOf({ parent, raw }: Child, seen: Seen<Session>): InventoryRecord {
  const { creationTime, expiryTime, lastInvokedTime, isEnabled, description, runbook } = propertiesOf(raw);
  const createdAt = textTime(creationTime);
  const expiresAt = textTime(expiryTime);
  const since = createdAt.state === 'known' ? createdAt.value : undefined;
  return resourceCredential(
    {
      kind: automationWebhookKind,
      id: required(text(raw['id']), 'id'),
      name: required(text(raw['name']), 'name'),
      status: orExpired(isEnabled === false ? 'inactive' : isEnabled === true ? 'active' : 'unknown', expiresAt, seen.observedAt),
      parent,
      operation: operations.webhooks.call,
      told: {
        createdAt,
        // Its address never changes; a new one is a new webhook.
        rotatedAt: createdAt,
        lastUsedAt: isNoTime(lastInvokedTime) ? absent(since) : textTime(lastInvokedTime),
        expiresAt,
        notBefore: absent(),
        purpose: wordsOf(description),
      },
      details: { runbook: isJson(runbook) ? runbook['name'] : undefined },
    },
    seen,
  );
}

function wordsOf(description: unknown): Fact<string> {
  const words = text(description);
  return words === undefined ? absent() : known(words);
}
