import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { SurfaceKind } from '../../src/connector/contract.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Unsure, listed, numericId, text } from './field.ts';

export const selfHostedRunnerKind = defineKind({
  id: 'github.self_hosted_runner',
  title: 'Self-hosted runner',
  record: 'identity',
  proves: 'Takes jobs of workflows, with their secrets and tokens, on a machine of yours.',
  remedy: {
    delete: [
      'gh api --method DELETE /orgs/{scope.organization}/actions/runners/{id/-1}',
      'gh api --method DELETE /repos/{scope.repository}/actions/runners/{id/-1}',
    ],
  },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'none',
    revocation: { seen: ['gone from the runners of its place'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

/** No times at all: neither of its registration nor of its last job. https://docs.github.com/rest/actions/self-hosted-runners */
export const runnerFacts: SurfaceKind['facts'] = { expiresAt: 'never' };

// The types of Octokit are older than the field.
export type Runner = RestEndpointMethodTypes['actions']['listSelfHostedRunnersForOrg']['response']['data']['runners'][number] & {
  version?: string | null;
};
export type RawRunner = Unsure<Runner> | null;

type Place = Pick<Identity, 'id' | 'scope' | 'owners' | 'tags' | 'evidence'> & { readonly details?: Readonly<Record<string, string>> };

export function runnerId(runner: RawRunner): string {
  return numericId(runner?.id, 'id');
}

export function runnerRecord(runner: RawRunner, { details, ...place }: Place): Identity {
  return identity({
    ...place,
    kind: selfHostedRunnerKind.id,
    provider: 'github',
    name: text(runner?.name, 'name'),
    // An offline one is still registered, and takes jobs as soon as somebody starts it.
    status: 'active',
    managedBy: 'customer',
    createdAt: unknown('not-offered'),
    lastUsedAt: unknown('not-offered', 'GitHub tells whether it is connected now, not when it took a job'),
    expiresAt: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered', 'it reaches what the workflows reach whose jobs it takes'),
    details: { ...details, ...detailsOf(runner) },
  });
}

function detailsOf(runner: RawRunner): Readonly<Record<string, string>> {
  const labels = listed(runner?.labels).flatMap((label) => (typeof label?.name === 'string' ? [label.name] : []));
  return {
    ...(typeof runner?.status === 'string' ? { connection: runner.status } : {}),
    ...(typeof runner?.os === 'string' ? { os: runner.os } : {}),
    ...(typeof runner?.version === 'string' ? { version: runner.version } : {}),
    ...(runner?.ephemeral === true ? { ephemeral: 'true' } : {}),
    ...(labels.length === 0 ? {} : { labels: labels.join(', ') }),
  };
}
