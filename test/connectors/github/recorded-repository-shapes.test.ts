import { expect, test } from 'vitest';
import { loadTraffic } from '../../../src/cli/traffic.ts';
import {
  delivery,
  hostedRunner,
  organizationWebhook,
  privateRegistry,
  propertyValues,
  repositorySecret,
  repositoryWebhook,
  runner,
} from './raw-repository.ts';

const { exchanges } = await loadTraffic('fixtures/company/traffic', ['github']);

function recorded(path: RegExp, field?: string): readonly object[] {
  const bodies = exchanges.filter(({ exchange }) => path.test(exchange.request.url)).map(({ exchange }) => exchange.responses[0]?.body);
  return bodies.flatMap((body) => (field === undefined ? body : (body as Record<string, unknown>)[field]) as object[]);
}

const ofRegistry = ['aws_region', 'account_id', 'role_name', 'domain', 'domain_owner', 'replaces_base', 'username', 'auth_type'];

/** The recordings are written by hand, so they are held against the shapes that the compiler has checked. */
test.each<[string, readonly object[], object, readonly string[]]>([
  ['secrets of repositories', recorded(/\/repos\/[^?]*\/secrets\?/, 'secrets'), repositorySecret, []],
  ['private registries', recorded(/\/private-registries\?/, 'configurations'), privateRegistry, ofRegistry],
  ['webhooks of the organization', recorded(/\/(?:orgs|organizations)\/[^/]+\/hooks\?/), organizationWebhook, []],
  ['webhooks of repositories', recorded(/\/repos\/[^?]*\/hooks\?/), repositoryWebhook, []],
  ['deliveries', recorded(/\/deliveries\?/), delivery, []],
  ['self-hosted runners', recorded(/\/actions\/runners\?/, 'runners'), runner, []],
  ['hosted runners', recorded(/\/actions\/hosted-runners\?/, 'runners'), hostedRunner, []],
  ['properties', recorded(/\/properties\/values\?/), propertyValues, []],
])('recorded %s have the documented fields', (_name, items, sample, optional) => {
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) expect(new Set([...Object.keys(item), ...optional])).toEqual(new Set([...Object.keys(sample), ...optional]));
});
