import { setTimeout } from 'node:timers/promises';
import { connectors } from '../connectors/index.ts';
import { collect } from '../src/collect/collect.ts';
import type { ConnectContext } from '../src/connector/contract.ts';
import { paced } from '../src/connector/pace.ts';
import { isBlind } from '../src/model/coverage.ts';
import { type TenantSize, azureTenant } from './azure-tenant.ts';
import type { Measurement } from './measurement.ts';

const size: TenantSize = { applications: 2000, servicePrincipals: 5000, vaults: 120, perVault: 0 };
const latency = 50;
const asOf = '2026-11-21T00:00:00Z';
const tenant = '3f0c1c1e-6a51-4d6e-9a77-1d2c3b4a5e6f';

/** Requests and time of one scan of a large tenant. The real SDKs ask; a stub answers after 50 ms. */
export async function azureRequests(): Promise<readonly Measurement[]> {
  const bare = await scan(size);
  const full = await scan({ ...size, perVault: 1 });
  const what = `${String(size.applications)} applications, ${String(size.servicePrincipals)} principals, ${String(size.vaults)} vaults`;
  const total = sum(bare.counts);
  return [
    { what: `Azure: requests for ${what}`, value: total, unit: '', aim: { text: 'at most 800', met: total <= 800 } },
    { what: 'Azure:   time at 50 ms each', value: bare.seconds, unit: 's' },
    { what: 'Azure:   with a secret, a key and a certificate in each vault', value: sum(full.counts), unit: '' },
    { what: 'Azure:   time of that at 50 ms each', value: full.seconds, unit: 's' },
    ...[...full.counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([operation, count]) => ({ what: `Azure:   ${operation}`, value: count, unit: '' })),
  ];
}

async function scan(tenantSize: TenantSize): Promise<{ readonly counts: ReadonlyMap<string, number>; readonly seconds: number }> {
  const connector = await connectors.azure();
  const answer = azureTenant(tenantSize);
  const counts = new Map<string, number>();
  const start = performance.now();
  const context: ConnectContext = {
    env: {},
    signal: new AbortController().signal,
    now: () => asOf,
    sleep: () => Promise.resolve(),
    replaying: true,
    wire: (budget) =>
      paced(
        async (request) => {
          const operation = connector.operationOf(request) || 'login';
          counts.set(operation, (counts.get(operation) ?? 0) + 1);
          await setTimeout(latency);
          return answer(request);
        },
        budget,
        { sleep: (milliseconds) => setTimeout(milliseconds), clock: () => performance.now() },
      ),
  };
  for await (const line of collect([{ connector, settings: { tenants: [{ id: tenant }] }, context, skip: {} }])) {
    if (line.record === 'coverage' && isBlind(line))
      throw new Error(`the stub's answers were not read completely: ${JSON.stringify(line)}`);
  }
  return { counts, seconds: (performance.now() - start) / 1000 };
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
