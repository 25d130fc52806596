import { connectors } from '../connectors/index.ts';
import { type TenantSize, azureTenant } from './azure-tenant.ts';
import type { Measurement } from './measurement.ts';
import { type Scanned, byOperation, stubbedScan } from './stubbed-scan.ts';

const size: TenantSize = { applications: 2000, servicePrincipals: 5000, subscriptions: 3, vaults: 120, perVault: 0 };
const latency = 50;
const tenant = '3f0c1c1e-6a51-4d6e-9a77-1d2c3b4a5e6f';

/** Requests and time of one scan of a large tenant. The real SDKs ask; a stub answers after 50 ms. */
export async function azureRequests(): Promise<readonly Measurement[]> {
  const bare = await scan(size);
  const full = await scan({ ...size, perVault: 1 });
  const what = `${String(size.applications)} applications, ${String(size.servicePrincipals)} principals, ${String(size.subscriptions)} subscriptions, ${String(size.vaults)} vaults`;
  return [
    { what: `Azure: requests for ${what}`, value: bare.requests, unit: '', aim: { text: 'at most 800', met: bare.requests <= 800 } },
    { what: 'Azure:   time at 50 ms each', value: bare.milliseconds / 1000, unit: 's' },
    { what: 'Azure:   with a secret, a key and a certificate in each vault', value: full.requests, unit: '' },
    { what: 'Azure:   time of that at 50 ms each', value: full.milliseconds / 1000, unit: 's' },
    ...byOperation('Azure', full),
  ];
}

async function scan(tenantSize: TenantSize): Promise<Scanned> {
  const connector = await connectors.azure();
  return stubbedScan({ connector, settings: { tenants: [{ id: tenant }] }, latency, answer: azureTenant(tenantSize) });
}
