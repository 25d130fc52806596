import type { Octokit, RestEndpointMethodTypes } from '@octokit/rest';
import type { Look, ProviderFields, SurfaceKind } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Unsure, listed, moment, numericId } from './field.ts';

export const webhookKind = defineKind({
  id: 'github.webhook',
  title: 'Webhook',
  record: 'credential',
  proves: 'Receives what happens in its place, at an address outside; its secret, where one is set, signs what is sent.',
  remedy: {
    delete: [
      'gh api --method DELETE /orgs/{scope.organization}/hooks/{id/-1}',
      'gh api --method DELETE /repos/{scope.repository}/hooks/{id/-1}',
    ],
  },
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'possession',
    revocation: { seen: ['gone from the webhooks of its place', 'the receiver takes the secret no more'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

export const webhookFacts: SurfaceKind['facts'] = {
  createdAt: 'exposed',
  lastUsedAt: 'exposed',
  expiresAt: 'never',
  notBefore: 'never',
  privilege: 'exposed',
  consumers: 'exposed',
};
export const webhookFields: ProviderFields = { status: 'active', createdAt: 'created_at' };

export type Webhook = RestEndpointMethodTypes['repos']['listWebhooks']['response']['data'][number];
export type OrganizationWebhook = RestEndpointMethodTypes['orgs']['listWebhooks']['response']['data'][number];
export type RawWebhook = Unsure<OrganizationWebhook> | null;
export type Delivery = RestEndpointMethodTypes['repos']['listWebhookDeliveries']['response']['data'][number];
/** A webhook with the time of its newest delivery. */
export type WithDelivery = { readonly hook: RawWebhook; readonly deliveredAt: Fact<Instant> };

/** Asks each webhook for its newest delivery. Refused, it costs that one fact. */
export function withDeliveries(
  hooks: readonly RawWebhook[],
  {
    client,
    route,
    parameters,
  }: { readonly client: Octokit; readonly route: string; readonly parameters: Readonly<Record<string, string>> },
  look: Look,
): Promise<readonly WithDelivery[]> {
  return Promise.all(
    hooks.map(async (hook) => {
      const id = hook?.id;
      // Without an id there is nothing to ask for; `normalize` counts it as unread.
      if (typeof id !== 'number') return { hook, deliveredAt: unknown('malformed-response') };
      const request = { ...parameters, hook_id: id, per_page: 1, request: { signal: look.signal } };
      return { hook, deliveredAt: await look.learn(async () => newest((await client.request(route, request)).data)) };
    }),
  );
}

function newest(deliveries: unknown): Fact<Instant> {
  if (!Array.isArray(deliveries)) throw new MalformedError('deliveries of a webhook came without a list');
  const [last] = deliveries as readonly (Unsure<Delivery> | null)[];
  // They are kept for some days only, so that an empty list does not say never.
  if (last === undefined) return unknown('not-offered', 'GitHub keeps deliveries for a few days, and there was none');
  return moment(last?.delivered_at, unknown('malformed-response', 'a delivery without delivered_at'));
}

type Place = Pick<Credential, 'id' | 'scope' | 'owners' | 'tags' | 'evidence'> & { readonly details?: Readonly<Record<string, string>> };

export function webhookId(hook: RawWebhook): string {
  return numericId(hook?.id, 'id');
}

export function webhookRecord({ hook, deliveredAt }: WithDelivery, { details, ...place }: Place): Credential {
  const host = hostOf(hook?.config?.url);
  const missing = unknown('malformed-response', 'no timestamp where the API always sends one');
  return credential({
    ...place,
    kind: webhookKind.id,
    provider: 'github',
    name: `webhook to ${host ?? 'an unknown host'}`,
    status: hook?.active === false ? 'inactive' : 'active',
    managedBy: 'customer',
    identity: absent(),
    createdAt: moment(hook?.created_at, missing),
    rotatedAt: unknown('not-offered', 'GitHub tells when the webhook was changed, not its secret'),
    lastUsedAt: deliveredAt,
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: known('read'),
    privileges: privilegesOf(hook),
    fingerprint: unknown('not-offered'),
    consumers: host === undefined ? unknown('malformed-response', 'a webhook without an address') : known([host]),
    details: { ...details, secret: isSigned(hook) ? 'set' : 'none' },
  });
}

/** Of the address the host alone: its path or query often is the receiver's own secret. */
function hostOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) && new URL(url).host !== '' ? new URL(url).host : undefined;
}

/** GitHub sends a secret masked, and leaves the field out where there is none. The mask is not kept. */
function isSigned(hook: RawWebhook): boolean {
  const secret = hook?.config?.secret;
  return typeof secret === 'string' && secret !== '';
}

function privilegesOf(hook: RawWebhook): readonly string[] {
  const events = listed(hook?.events).filter((event) => typeof event === 'string');
  const received = events.includes('*') ? ['receives all events'] : events.map((event) => `receives ${event}`);
  const plain = String(hook?.config?.url).startsWith('http:') ? ['sent without TLS'] : [];
  const unchecked = String(hook?.config?.insecure_ssl) === '1' ? ['certificate of the receiver is not checked'] : [];
  return [...received, ...plain, ...unchecked, ...(isSigned(hook) ? [] : ['sent without a signature'])];
}
