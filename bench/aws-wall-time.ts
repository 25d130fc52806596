import { iamBudget } from '../connectors/aws/budget.ts';
import { connectors } from '../connectors/index.ts';
import { type AccountSize, awsAccount } from './aws-account.ts';
import { huge, inWords, large, notInPlan } from './iam-plan.ts';
import type { Measurement } from './measurement.ts';
import { stubbedScan } from './stubbed-scan.ts';

const sizes: readonly AccountSize[] = [large, { ...large, pageSize: 100 }, huge];
/** Of an AWS endpoint on another continent, and so long that the time of this machine weighs little. */
const latency = 250;

/** How long a scan waits for a network with a given delay, held against the longest chain of requests that need each other's answers. */
export async function awsWallTime(): Promise<readonly Measurement[]> {
  // The first scan of a process also loads the SDK.
  await timeOf({ users: 1, keyHolders: 1, roles: 1, policies: 1 });
  const lines: Measurement[] = [];
  for (const size of sizes) lines.push(...(await timeOf(size)));
  return lines;
}

async function timeOf(size: AccountSize): Promise<readonly Measurement[]> {
  const connector = await connectors.aws();
  const skip = notInPlan(connector.surfaces);
  const scanned = await stubbedScan({ connector, settings: { regions: ['eu-west-1'] }, skip, latency, answer: awsAccount(size) });
  const { requests, milliseconds: took } = scanned;
  const chain = longestChain(size);
  const ratio = took / (chain * latency);
  const turns = Math.max(chain, Math.ceil(requests / iamBudget.concurrency));
  return [
    { what: `AWS: ${inWords(size)}: ${String(requests)} requests`, value: took, unit: `ms at ${String(latency)} ms each` },
    {
      what: `AWS:   / the longest chain, of ${String(chain)} requests`,
      value: ratio,
      unit: 'x',
      aim: { text: 'at most 1.5', met: ratio <= 1.5 },
    },
    { what: `AWS:   / the turns that ${String(iamBudget.concurrency)} requests at once leave`, value: took / (turns * latency), unit: 'x' },
  ];
}

/** Who asks, then users and roles page after page; the keys of a user after his page. The policies and the report come beside. */
function longestChain({ users, keyHolders, roles, pageSize = 1000 }: AccountSize): number {
  const pages = Math.ceil((users + roles) / pageSize);
  const lastHolder = Math.ceil(keyHolders / pageSize);
  return 1 + Math.max(pages, lastHolder + 1);
}
