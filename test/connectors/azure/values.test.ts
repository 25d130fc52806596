import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { azureTenant } from '../../../bench/azure-tenant.ts';
import { azure } from '../../../connectors/azure/index.ts';
import { collect } from '../../../src/collect/collect.ts';
import { loadTraffic } from '../../../src/cli/traffic.ts';
import { bodyText } from '../../../src/connector/recording.ts';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { filesIn } from '../../laws/files.ts';
import { observed, settings } from './rig.ts';

/** Addresses that answer with the value of a key or secret. */
const givesValues =
  /\/(?:list\w*(?:keys|secrets|credentials|sas|token)|listSas|listAccountSas|listServiceSas|regenerate\w*|getDebugSettingPassword|publishxml|config\/\w+\/list|backup|export)(?:\/|\?|$)/i;
const valueOfSecret = /\/secrets\/[^/?]+/;

function isHarmless({ method, url, body }: Pick<WireRequest, 'method' | 'url' | 'body'>): boolean {
  const { pathname, hostname } = new URL(url);
  if (givesValues.test(pathname) || (hostname.endsWith('.vault.azure.net') && valueOfSecret.test(pathname))) return false;
  if (method === 'GET') return true;
  const isQuestion = pathname.endsWith('/Microsoft.ResourceGraph/resources') || pathname.endsWith('/$batch');
  return method === 'POST' && isQuestion && !givesValues.test(body ?? '');
}

test.each([
  ['POST', 'https://management.azure.com/subscriptions/s/providers/Microsoft.Storage/storageAccounts/a/listKeys', false],
  ['POST', 'https://management.azure.com/subscriptions/s/providers/Microsoft.Storage/storageAccounts/a/ListAccountSas', false],
  ['GET', 'https://kv.vault.azure.net/secrets/name?api-version=7.4', false],
  ['GET', 'https://kv.vault.azure.net/secrets?api-version=7.4', true],
  ['POST', 'https://management.azure.com/providers/Microsoft.ResourceGraph/resources', true],
])('%s %s would be noticed: %s', (method, url, expected) => {
  expect(isHarmless({ method, url })).toBe(expected);
});

test('no recording is of a request that gives values', async () => {
  const { exchanges } = await loadTraffic('fixtures/company/traffic', ['azure']);
  const requests = exchanges.map(({ exchange: { request } }) => ({ ...request, body: bodyText(request.body) }));
  expect(requests.filter((request) => !isHarmless(request)).map(({ url }) => url)).toEqual([]);
});

test('no request of a whole scan gives values', async () => {
  const answer = azureTenant({ applications: 30, servicePrincipals: 30, subscriptions: 0, vaults: 3, perVault: 2 });
  const asked: WireRequest[] = [];
  const wire = (request: WireRequest) => {
    asked.push(request);
    return Promise.resolve(answer(request));
  };
  const context = {
    env: {},
    signal: new AbortController().signal,
    now: () => observed,
    sleep: () => Promise.resolve(),
    replaying: true,
    wire: () => wire,
  };
  let lines = 0;
  for await (const _ of collect([{ connector: azure, settings, context, skip: {} }])) lines += 1;
  expect(lines).toBeGreaterThan(0);
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.filter((request) => !isHarmless(request)).map(({ url }) => url)).toEqual([]);
});

test('no address in the code of the connector gives values', async () => {
  const sources = await Promise.all((await filesIn('connectors/azure')).map((path) => readFile(path, 'utf8')));
  expect(sources.filter((source) => /listKeys\b(?=[^.;\n]*\?api-version)|\/listKeys|\/listSas|\bgetSecret\(/.test(source))).toEqual([]);
});
