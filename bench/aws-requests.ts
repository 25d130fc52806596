import { connectors } from '../connectors/index.ts';
import { type AccountSize, awsAccount } from './aws-account.ts';
import { huge, inWords, large, notInPlan } from './iam-plan.ts';
import type { Measurement } from './measurement.ts';
import { byOperation, stubbedScan } from './stubbed-scan.ts';

/** How many requests one scan of a large account takes, by operation. The real SDK asks; a stub answers. */
export async function awsRequests(): Promise<readonly Measurement[]> {
  return [...(await countOf(large, 220)), ...(await countOf(huge))];
}

async function countOf(size: AccountSize, most?: number): Promise<readonly Measurement[]> {
  const connector = await connectors.aws();
  const skip = notInPlan(connector.surfaces);
  const scanned = await stubbedScan({ connector, settings: { regions: ['eu-west-1'] }, skip, latency: 0, answer: awsAccount(size) });
  const iam = [...scanned.counts].filter(([operation]) => operation.startsWith('iam:'));
  const total = iam.reduce((sum, [, count]) => sum + count, 0);
  const aim = most === undefined ? {} : { aim: { text: `at most ${String(most)}`, met: total <= most } };
  return [
    { what: `AWS: IAM requests for ${inWords(size)}`, value: total, unit: '', ...aim },
    ...byOperation('AWS', scanned),
    { what: 'AWS: records read', value: scanned.records, unit: '' },
  ];
}
