import { setTimeout as delay } from 'node:timers/promises';
import { connectors } from '../connectors/index.ts';
import { collect } from '../src/collect/collect.ts';
import type { ConnectContext } from '../src/connector/contract.ts';
import { paced } from '../src/connector/pace.ts';
import { isBlind } from '../src/model/coverage.ts';
import { type OrganizationSize, gcpOrganization } from './gcp-organization.ts';
import type { Measurement } from './measurement.ts';

/** The others take a few requests a project, whatever the number of service accounts. */
const measured = ['gcp.project', 'gcp.service_account', 'gcp.service_account_key'];
const size: OrganizationSize = { projects: 300, accounts: 3000, keys: 4000 };
const latency = 50;
/** https://cloud.google.com/iam/quotas */
const iamReadsAMinute = 6000;

/** How many requests a large organisation takes, by operation, and how long over a network with a delay: without and with the inventory. */
export async function gcpRequests(): Promise<readonly Measurement[]> {
  return [...(await measure(false)), ...(await measure(true))];
}

async function measure(assetInventory: boolean): Promise<readonly Measurement[]> {
  const connector = await connectors.gcp();
  const answer = gcpOrganization(size);
  const counts = new Map<string, number>();
  const context: ConnectContext = {
    env: {},
    signal: new AbortController().signal,
    now: () => '2026-11-21T00:00:00Z',
    sleep: (milliseconds) => delay(milliseconds),
    replaying: true,
    wire: (budget) =>
      paced(
        async (request) => {
          const operation = connector.operationOf(request) || 'login';
          counts.set(operation, (counts.get(operation) ?? 0) + 1);
          await delay(latency);
          return answer(request);
        },
        budget,
        { sleep: (milliseconds) => delay(milliseconds), clock: () => performance.now() },
      ),
  };
  const skip = Object.fromEntries(connector.surfaces.filter(({ id }) => !measured.includes(id)).map(({ id }) => [id, 'not measured']));
  let records = 0;
  const start = performance.now();
  for await (const line of collect([{ connector, settings: { organizations: ['1'], assetInventory }, context, skip }])) {
    if (line.record === 'identity' || line.record === 'credential') records += 1;
    else if (line.record === 'coverage' && isBlind(line))
      throw new Error(`the stub's answers were not read completely: ${JSON.stringify(line)}`);
  }
  const seconds = (performance.now() - start) / 1000;
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  // Service accounts in ten of which one has keys that are read from IAM itself.
  const aim = assetInventory ? 60 + size.accounts / 10 : undefined;
  const iam = [...counts].filter(([operation]) => operation.startsWith('iam.')).reduce((sum, [, count]) => sum + count, 0);
  const what = `${String(size.projects)} projects, ${String(size.accounts)} accounts, ${String(size.keys)} keys${assetInventory ? ', inventory' : ''}`;
  return [
    {
      what: `GCP: requests, ${what}`,
      value: total,
      unit: '',
      ...(aim === undefined ? {} : { aim: { text: `at most 60, and one for each account with a finding`, met: total <= aim } }),
    },
    ...[...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([operation, count]) => ({ what: `GCP:   ${operation}`, value: count, unit: '' })),
    { what: 'GCP: service accounts and keys read', value: records, unit: '' },
    { what: `GCP: time of that with ${String(latency)} ms for each answer`, value: seconds, unit: 's' },
    { what: 'GCP: part of one minute of the IAM read quota', value: (100 * iam) / iamReadsAMinute, unit: '%' },
  ];
}
