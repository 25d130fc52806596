import { connectors } from '../connectors/index.ts';
import type { Connector } from '../src/connector/contract.ts';
import type { WireRequest, WireResponse } from '../src/connector/wire.ts';
import { type OrganizationSize, gcpOrganization } from './gcp-organization.ts';
import type { Measurement } from './measurement.ts';
import { type Scanned, byOperation, stubbedScan } from './stubbed-scan.ts';

const size: OrganizationSize = { folders: 12, projects: 300, accounts: 3000, keys: 4000 };
const latency = 50;
const accountsAndKeys = ['gcp.project', 'gcp.service_account', 'gcp.service_account_key'];
// One service account in ten has a key that is a finding, and another one a policy that is.
const keyFindings = size.accounts / 10;
const plans: readonly Plan[] = [
  { name: 'accounts and keys, asked directly', assetInventory: false, organizationActivities: false, surfaces: accountsAndKeys },
  {
    name: 'accounts and keys, by the inventory',
    assetInventory: true,
    organizationActivities: true,
    surfaces: accountsAndKeys,
    most: 60 + keyFindings,
  },
  {
    name: 'the same, last use by project',
    assetInventory: true,
    organizationActivities: false,
    surfaces: accountsAndKeys,
  },
  { name: 'everything, asked directly', assetInventory: false, organizationActivities: false },
  { name: 'everything, by the inventory', assetInventory: true, organizationActivities: true },
];
type Plan = {
  readonly name: string;
  readonly assetInventory: boolean;
  readonly organizationActivities: boolean;
  /** Those that run; left out: all. */
  readonly surfaces?: readonly string[];
  /** Requests at most. */
  readonly most?: number;
};

/** Requests that Google takes in a minute, by the start of their addresses. */
const quotas: readonly (readonly [RegExp, number])[] = [
  // https://cloud.google.com/iam/quotas
  [/^iam\.googleapis\.com\/.*\/workloadIdentityPools/, 600],
  [/^iam\.googleapis\.com\/.*\/workforcePools/, 120],
  [/^iam\.googleapis\.com\//, 6000],
  // https://cloud.google.com/asset-inventory/docs/quota
  [/^cloudasset\.googleapis\.com\//, 100],
  // https://cloud.google.com/resource-manager/docs/limits
  [/^cloudresourcemanager\.googleapis\.com\//, 600],
  // https://cloud.google.com/api-keys/docs/quotas
  [/^apikeys\.googleapis\.com\//, 240],
  // https://cloud.google.com/secret-manager/quotas
  [/^secretmanager\.googleapis\.com\//, 600],
];

/** How many requests a large organisation takes, by operation, and how long over a network with a delay: without and with the inventory. */
export async function gcpRequests(): Promise<readonly Measurement[]> {
  const connector = await connectors.gcp();
  const measurements: Measurement[] = [];
  for (const plan of plans) measurements.push(...report(plan, await measure(connector, plan)));
  return measurements;
}

async function measure(connector: Connector, { assetInventory, organizationActivities, surfaces }: Plan): Promise<Scanned> {
  const skipped = connector.surfaces.filter(({ id }) => surfaces?.includes(id) === false);
  const scanned = await stubbedScan({
    connector,
    settings: { organizations: ['1'], assetInventory },
    skip: Object.fromEntries(skipped.map(({ id }) => [id, 'not measured'])),
    latency,
    answer: withinQuotas(gcpOrganization(size, { organizationActivities })),
  });
  const least = size.projects + size.accounts + size.keys;
  if (scanned.records < least)
    throw new Error(`${String(scanned.records)} records, of ${String(least)} projects, service accounts and keys`);
  return scanned;
}

/** More than a quota takes in a minute are answered as Google answers them. */
function withinQuotas(answer: (request: WireRequest) => WireResponse): (request: WireRequest) => WireResponse {
  const sent = new Map<RegExp, number[]>();
  return (request) => {
    const { host, pathname } = new URL(request.url);
    const quota = quotas.find(([addresses]) => addresses.test(`${host}${pathname}`));
    if (quota === undefined) return answer(request);
    const [addresses, most] = quota;
    const now = performance.now();
    const recent = (sent.get(addresses) ?? []).filter((at) => at > now - 60_000);
    if (recent.length >= most) return { status: 429, headers: {}, body: '{"error":{"status":"RESOURCE_EXHAUSTED"}}' };
    sent.set(addresses, [...recent, now]);
    return answer(request);
  };
}

function report({ name, most }: Plan, scanned: Scanned): readonly Measurement[] {
  const aim =
    most === undefined ? {} : { aim: { text: 'at most 60, and one for each account with a finding', met: scanned.requests <= most } };
  const { projects, folders, accounts, keys } = size;
  const what = `${String(projects)} projects in ${String(folders)} folders, ${String(accounts)} accounts, ${String(keys)} keys`;
  return [
    { what: `GCP, ${name}: requests, ${what}`, value: scanned.requests, unit: '', ...aim },
    ...byOperation('GCP', scanned),
    { what: `GCP: time of that with ${String(latency)} ms for each answer`, value: scanned.milliseconds / 1000, unit: 's' },
  ];
}
