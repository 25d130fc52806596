import { generateKeyPairSync } from 'node:crypto';
import { connectors } from '../connectors/index.ts';
import { collect } from '../src/collect/collect.ts';
import type { ConnectContext } from '../src/connector/contract.ts';
import { type AnswerStore, type KeptAnswer, conditionalWire } from '../src/connector/etag.ts';
import { paced } from '../src/connector/pace.ts';
import { isBlind } from '../src/model/coverage.ts';
import { type OrganizationSize, type Stub, gitHubOrganization } from './github-organization.ts';
import type { Measurement } from './measurement.ts';

/** Of these nothing but the repositories and what they hold decides the number of requests; the others depend on people and Apps. */
const ofRepositories =
  /^github\.(?:repository|deploy_key|environment_secret|(?:organization|repository)_(?:actions|dependabot|codespaces|agents)_secret|private_registry|(?:organization|repository)_webhook|self_hosted_runner|repository_runner|hosted_runner)$/;
const asOf = '2026-11-21T00:00:00Z';
const mebibyte = 1024 * 1024;

const sizes: readonly OrganizationSize[] = [500, 5000].map((repositories) => ({
  repositories,
  deployKeys: repositories / 10,
  environments: repositories / 5,
  webhooks: repositories / 10,
}));

/**
 * Pages of the index and of the properties, the lists of the organization, the login, who its people are at the identity provider, what
 * the index proves, and five lists that no count is told of: three stores of secrets, webhooks and runners.
 */
function expected({ repositories, deployKeys, environments, webhooks }: OrganizationSize): number {
  const pages = Math.ceil(repositories / 100);
  const [login, ofOrganization, itsWebhooks, itsPeople] = [3, 8, 1, 1];
  return login + pages * 2 + ofOrganization + itsWebhooks + itsPeople + deployKeys + environments + webhooks + 5 * repositories;
}

/** How many requests one scan of an organization takes, and how much of them the next one still counts. */
export async function githubRequests(): Promise<readonly Measurement[]> {
  const measured: Measurement[] = [];
  for (const size of sizes) {
    const stub = gitHubOrganization(size);
    const kept = memory();
    const first = await scan(stub, kept.store);
    // An App's nightly run comes with another token.
    stub.rotateToken();
    const second = await scan(stub, kept.store);
    const what = `GitHub, ${String(size.repositories)} repositories`;
    const share = second.counted / first.counted;
    measured.push(
      {
        what: `${what}: requests`,
        value: first.asked,
        unit: '',
        aim: { text: `the formula's ${String(expected(size))}`, met: first.asked === expected(size) },
      },
      { what: `${what}: counted in the next run`, value: share * 100, unit: '%', aim: { text: 'at most 5 %', met: share <= 0.05 } },
      { what: `${what}: answers kept`, value: kept.bytes() / mebibyte, unit: 'MiB' },
    );
  }
  return measured;
}

async function scan(stub: Stub, store: AnswerStore): Promise<{ readonly asked: number; readonly counted: number }> {
  const connector = await connectors.github();
  let asked = 0;
  let counted = 0;
  const context: ConnectContext = {
    env: { GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY: privateKey },
    signal: new AbortController().signal,
    now: () => asOf,
    sleep: () => Promise.resolve(),
    replaying: false,
    wire: (budget) => {
      const wire = (request: Parameters<Stub['answer']>[0]) => {
        const response = stub.answer(request);
        asked += 1;
        counted += response.status === 304 ? 0 : 1;
        return Promise.resolve(response);
      };
      const asking = budget.login === undefined ? wire : conditionalWire(wire, budget.login, store);
      return paced(asking, budget, { sleep: () => Promise.resolve(), clock: () => Date.parse(asOf) });
    },
  };
  const others = connector.surfaces.filter(({ id }) => !ofRepositories.test(id)).map(({ id }) => [id, 'not measured'] as const);
  for await (const line of collect([{ connector, settings: { organizations: ['acme'] }, context, skip: Object.fromEntries(others) }])) {
    if (line.record === 'coverage' && isBlind(line))
      throw new Error(`the stub's answers were not read completely: ${JSON.stringify(line)}`);
  }
  return { asked, counted };
}

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

function memory() {
  const answers = new Map<string, KeptAnswer>();
  const store: AnswerStore = {
    read: (key) => Promise.resolve(answers.get(key)),
    write: (key, answer) => {
      answers.set(key, answer);
      return Promise.resolve();
    },
  };
  return { store, bytes: () => [...answers.values()].reduce((sum, answer) => sum + JSON.stringify(answer).length, 0) };
}
