import { describe, expect, test } from 'vitest';
import { azureTenant } from '../../../bench/azure-tenant.ts';
import { azure } from '../../../connectors/azure/index.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { ConnectContext } from '../../../src/connector/contract.ts';
import { paced } from '../../../src/connector/pace.ts';
import type { WireRequest } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import { observed, settings } from './rig.ts';

const vaultSurfaces = ['azure.keyvault_secret', 'azure.keyvault_key', 'azure.keyvault_certificate'];

async function scan(
  vaults: number,
): Promise<{ readonly coverage: readonly Coverage[]; readonly asked: readonly WireRequest[]; readonly most: number }> {
  const answer = azureTenant({ applications: 0, servicePrincipals: 0, subscriptions: 0, vaults, perVault: 2 });
  const asked: WireRequest[] = [];
  let underWay = 0;
  let most = 0;
  const context: ConnectContext = {
    env: {},
    signal: new AbortController().signal,
    now: () => observed,
    sleep: () => Promise.resolve(),
    replaying: true,
    wire: (budget) =>
      paced(
        async (request) => {
          asked.push(request);
          underWay += 1;
          most = Math.max(most, underWay);
          await Promise.resolve();
          underWay -= 1;
          return answer(request);
        },
        budget,
        { sleep: () => Promise.resolve(), clock: () => Date.parse(observed) },
      ),
  };
  const others = azure.surfaces.filter(({ id }) => !vaultSurfaces.includes(id)).map(({ id }) => [id, 'not part of this test'] as const);
  const coverage: Coverage[] = [];
  for await (const line of collect([{ connector: azure, settings, context, skip: Object.fromEntries(others) }]))
    if (line.record === 'coverage') coverage.push(line);
  return { coverage, asked, most };
}

describe('vaults', () => {
  test.each([1, 8, 10, 50, 500])(
    '%i of them are all read, each to its end',
    async (vaults) => {
      const { coverage, asked, most } = await scan(vaults);
      const rows = coverage.filter(({ surface, scope }) => vaultSurfaces.includes(surface) && scope.startsWith('tenant/'));
      expect(rows.map(({ state, count }) => [state, count])).toEqual(vaultSurfaces.map(() => ['complete', vaults * 2]));
      // Eight vaults at once for each surface, and two requests at once to each vault.
      expect(most).toBeLessThanOrEqual(vaultSurfaces.length * 8 * 2);
      expect(new Set(asked.flatMap(({ url }) => (url.includes('/keys?') ? [new URL(url).hostname] : []))).size).toBe(vaults);
    },
    30_000,
  );

  test('are asked without a token as long as none of them has named it, and then no more', async () => {
    const { asked } = await scan(50);
    const bare = asked.filter(({ url, headers }) => url.includes('.vault.azure.net') && headers['authorization'] === undefined);
    expect(bare.length).toBeLessThanOrEqual(vaultSurfaces.length * 8);
    expect(asked.filter(({ url }) => url.includes('.vault.azure.net'))).toHaveLength(50 * (3 + 2 + 2 + 1) + bare.length);
  });

  test('are found by one query for all three surfaces', async () => {
    const { asked } = await scan(10);
    expect(asked.filter(({ body }) => body?.includes('microsoft.keyvault/vaults') === true)).toHaveLength(1);
  });
});
