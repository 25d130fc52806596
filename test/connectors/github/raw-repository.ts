import type { HostedRunner } from '../../../connectors/github/hosted-runner.ts';
import type { PrivateRegistry } from '../../../connectors/github/private-registry.ts';
import type { PropertyValues } from '../../../connectors/github/repository-properties.ts';
import type { Runner } from '../../../connectors/github/runner.ts';
import type { RepositorySecret } from '../../../connectors/github/secret.ts';
import type { Delivery, OrganizationWebhook, Webhook } from '../../../connectors/github/webhook.ts';

// Whole items in the shapes that GitHub's own description gives, checked by the compiler.

export const repositorySecret = {
  name: 'SMTP_PASSWORD',
  created_at: '2022-06-21T14:10:00Z',
  updated_at: '2023-02-01T11:00:00Z',
} satisfies RepositorySecret;

export const privateRegistry = {
  name: 'MAVEN_MIRROR',
  registry_type: 'maven_repository',
  auth_type: 'username_password',
  url: 'https://maven.larkspur.example/releases',
  username: 'dependabot',
  visibility: 'all',
  created_at: '2024-06-11T08:00:00Z',
  updated_at: '2024-06-11T08:00:00Z',
} satisfies PrivateRegistry;

const hook = 'https://api.github.com/orgs/larkspur-foods/hooks/322014771';

export const organizationWebhook = {
  type: 'Organization',
  id: 322014771,
  name: 'web',
  active: true,
  events: ['push'],
  config: { content_type: 'json', insecure_ssl: '0', url: 'https://chatops.larkspur.example/github', secret: '********' },
  updated_at: '2026-05-19T12:41:00Z',
  created_at: '2024-02-06T10:00:00Z',
  url: hook,
  ping_url: `${hook}/pings`,
  deliveries_url: `${hook}/deliveries`,
} satisfies OrganizationWebhook;

export const repositoryWebhook = {
  ...organizationWebhook,
  type: 'Repository',
  test_url: `${hook}/tests`,
  last_response: { code: 200, status: 'active', message: 'OK' },
} satisfies Webhook;

export const delivery = {
  id: 21499101334,
  guid: '0b989ba4-242f-11e5-81e1-c7b6966d2516',
  delivered_at: '2026-11-20T22:48:09Z',
  redelivery: false,
  duration: 0.27,
  status: 'OK',
  status_code: 200,
  event: 'push',
  action: null,
  installation_id: null,
  repository_id: 181102201,
  throttled_at: null,
} satisfies Delivery;

export const runner = {
  id: 418,
  name: 'build-01',
  os: 'Linux',
  status: 'online',
  busy: true,
  ephemeral: false,
  runner_group_id: 1,
  version: '2.329.0',
  labels: [{ id: 1, name: 'self-hosted', type: 'read-only' }],
} satisfies Runner;

export const hostedRunner = {
  id: 5,
  name: 'large-linux',
  runner_group_id: 2,
  image_details: { id: 'ubuntu-24.04', size_gb: 86, display_name: 'Ubuntu 24.04', source: 'github', version: 'latest' },
  machine_size_details: { id: '8-core', cpu_cores: 8, memory_gb: 32, storage_gb: 300 },
  status: 'Ready',
  platform: 'linux-x64',
  maximum_runners: 10,
  public_ip_enabled: false,
  public_ips: [],
  last_active_on: '2026-11-20T20:16:44Z',
  image_gen: false,
} satisfies HostedRunner;

export const propertyValues = {
  repository_id: 181102201,
  repository_name: 'checkout',
  repository_full_name: 'larkspur-foods/checkout',
  properties: [{ property_name: 'owner', value: 'payments-team' }],
} satisfies PropertyValues;
