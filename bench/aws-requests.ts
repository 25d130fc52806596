import { connectors } from '../connectors/index.ts';
import { collect } from '../src/collect/collect.ts';
import type { ConnectContext } from '../src/connector/contract.ts';
import { paced } from '../src/connector/pace.ts';
import { isBlind } from '../src/model/coverage.ts';
import { type AccountSize, awsAccount } from './aws-account.ts';
import { huge, inWords, large, notInPlan } from './iam-plan.ts';
import type { Measurement } from './measurement.ts';

const asOf = '2026-11-21T00:00:00Z';

/** How many requests one scan of a large account takes, by operation. The real SDK asks; a stub answers. */
export async function awsRequests(): Promise<readonly Measurement[]> {
  return [...(await countOf(large, 220)), ...(await countOf(huge))];
}

async function countOf(size: AccountSize, most?: number): Promise<readonly Measurement[]> {
  const connector = await connectors.aws();
  const answer = awsAccount(size);
  const counts = new Map<string, number>();
  const context: ConnectContext = {
    env: {},
    signal: new AbortController().signal,
    now: () => asOf,
    sleep: () => Promise.resolve(),
    replaying: true,
    wire: (budget) => {
      const wire = paced((request) => Promise.resolve(answer(request)), budget, {
        sleep: () => Promise.resolve(),
        clock: () => Date.parse(asOf),
      });
      return (request) => {
        const operation = connector.operationOf(request) || 'login';
        counts.set(operation, (counts.get(operation) ?? 0) + 1);
        return wire(request);
      };
    },
  };
  let records = 0;
  for await (const line of collect([{ connector, settings: { regions: ['eu-west-1'] }, context, skip: notInPlan(connector.surfaces) }])) {
    if (line.record !== 'coverage') records += 1;
    else if (isBlind(line)) throw new Error(`the stub's answers were not read completely: ${JSON.stringify(line)}`);
  }
  const iam = [...counts].filter(([operation]) => operation.startsWith('iam:'));
  const total = iam.reduce((sum, [, count]) => sum + count, 0);
  const aim = most === undefined ? {} : { aim: { text: `at most ${String(most)}`, met: total <= most } };
  return [
    { what: `AWS: IAM requests for ${inWords(size)}`, value: total, unit: '', ...aim },
    ...[...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([operation, count]) => ({ what: `AWS:   ${operation}`, value: count, unit: '' })),
    { what: 'AWS: records read', value: records, unit: '' },
  ];
}
