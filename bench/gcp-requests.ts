import { setTimeout as delay } from 'node:timers/promises';
import { connectors } from '../connectors/index.ts';
import { collect } from '../src/collect/collect.ts';
import type { ConnectContext } from '../src/connector/contract.ts';
import { paced } from '../src/connector/pace.ts';
import type { WireRequest, WireResponse } from '../src/connector/wire.ts';
import { isBlind } from '../src/model/coverage.ts';
import { type OrganizationSize, gcpOrganization } from './gcp-organization.ts';
import type { Measurement } from './measurement.ts';

/** The others take a few requests a project or service account, whatever way these are found. */
const measured = ['gcp.project', 'gcp.service_account', 'gcp.service_account_key'];
const size: OrganizationSize = { folders: 12, projects: 300, accounts: 3000, keys: 4000 };
const latency = 50;
const plans = [
  { name: 'asked directly', assetInventory: false, organizationActivities: false },
  { name: 'inventory', assetInventory: true, organizationActivities: true },
  { name: 'inventory, last use by project', assetInventory: true, organizationActivities: false },
] as const;
type Plan = (typeof plans)[number];

/** Requests that Google takes in so many milliseconds. */
const quotas: Readonly<Record<string, { readonly requests: number; readonly within: number }>> = {
  // https://cloud.google.com/iam/quotas
  'iam.googleapis.com': { requests: 6000, within: 60_000 },
  // https://cloud.google.com/asset-inventory/docs/quota
  'cloudasset.googleapis.com': { requests: 100, within: 60_000 },
  // https://cloud.google.com/resource-manager/docs/limits
  'cloudresourcemanager.googleapis.com': { requests: 600, within: 60_000 },
};

/** How many requests a large organisation takes, by operation, and how long over a network with a delay: without and with the inventory. */
export async function gcpRequests(): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const plan of plans) measurements.push(...(await measure(plan)));
  return measurements;
}

async function measure({ name, assetInventory, organizationActivities }: Plan): Promise<readonly Measurement[]> {
  const connector = await connectors.gcp();
  const answer = withinQuotas(gcpOrganization(size, { organizationActivities }));
  const counts = new Map<string, number>();
  const wire = async (request: WireRequest): Promise<WireResponse> => {
    const operation = connector.operationOf(request) || 'login';
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    await delay(latency);
    return answer(request);
  };
  const context: ConnectContext = {
    env: {},
    signal: new AbortController().signal,
    now: () => '2026-11-21T00:00:00Z',
    sleep: (milliseconds) => delay(milliseconds),
    replaying: true,
    wire: (budget) => paced(wire, budget, { sleep: (milliseconds) => delay(milliseconds), clock: () => performance.now() }),
  };
  const skip = Object.fromEntries(connector.surfaces.filter(({ id }) => !measured.includes(id)).map(({ id }) => [id, 'not measured']));
  let records = 0;
  const start = performance.now();
  for await (const line of collect([{ connector, settings: { organizations: ['1'], assetInventory }, context, skip }])) {
    if (line.record === 'identity' || line.record === 'credential') records += 1;
    else if (line.record === 'coverage' && isBlind(line))
      throw new Error(`the stub's answers were not read completely: ${JSON.stringify(line)}`);
  }
  if (records !== size.accounts + size.keys) throw new Error(`${String(records)} records instead of all service accounts and keys`);
  return report(name, counts, (performance.now() - start) / 1000, assetInventory && organizationActivities);
}

/** More than a quota takes in its time are answered as Google answers them. */
function withinQuotas(answer: (request: WireRequest) => WireResponse): (request: WireRequest) => WireResponse {
  const sent = new Map<string, number[]>();
  return (request) => {
    const { host } = new URL(request.url);
    const quota = quotas[host];
    if (quota === undefined) return answer(request);
    const now = performance.now();
    const recent = (sent.get(host) ?? []).filter((at) => at > now - quota.within);
    if (recent.length >= quota.requests) return { status: 429, headers: {}, body: '{"error":{"status":"RESOURCE_EXHAUSTED"}}' };
    sent.set(host, [...recent, now]);
    return answer(request);
  };
}

function report(name: string, counts: ReadonlyMap<string, number>, seconds: number, hasAim: boolean): readonly Measurement[] {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const iam = [...counts].filter(([operation]) => operation.startsWith('iam.')).reduce((sum, [, count]) => sum + count, 0);
  // One service account in ten has a key that is a finding.
  const most = 60 + size.accounts / 10;
  const aim = { text: 'at most 60, and one for each account with a finding', met: total <= most };
  const { projects, folders, accounts, keys } = size;
  const what = `${String(projects)} projects in ${String(folders)} folders, ${String(accounts)} accounts, ${String(keys)} keys`;
  return [
    { what: `GCP, ${name}: requests, ${what}`, value: total, unit: '', ...(hasAim ? { aim } : {}) },
    ...[...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([operation, count]) => ({ what: `GCP:   ${operation}`, value: count, unit: '' })),
    { what: `GCP: time of that with ${String(latency)} ms for each answer`, value: seconds, unit: 's' },
    {
      what: 'GCP: part of one minute of the IAM read quota',
      value: (100 * iam) / (quotas['iam.googleapis.com']?.requests ?? Number.NaN),
      unit: '%',
    },
  ];
}
