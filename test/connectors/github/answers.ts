import { collect } from '../../../src/collect/collect.ts';
import { github } from '../../../connectors/github/index.ts';
import type { GitHubSession } from '../../../connectors/github/session.ts';
import type { Settings } from '../../../connectors/github/settings.ts';
import type { ConnectContext, Connector } from '../../../src/connector/contract.ts';
import { type Sleep, paced } from '../../../src/connector/pace.ts';
import type { WireRequest, WireResponse } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { InventoryRecord } from '../../../src/model/inventory.ts';
import type { Scope } from '../../../src/model/scope.ts';

export const now = '2026-11-21T00:00:00Z';
export const organization = { login: 'larkspur-foods', id: 90125501 };

export type Answer = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: unknown };
/** `GET /orgs/x/hooks?per_page=100` -> what GitHub says; by path alone where the query does not matter. */
export type Answers = Readonly<Record<string, Answer | ((request: WireRequest) => Answer)>>;

/** How long the test waits, and when it stops; by default not at all, and never. */
export type Around = { readonly sleep?: Sleep; readonly signal?: AbortSignal };

/** A GitHub made of a table, under the real Octokit. What the table lacks is a 500 that names it. */
export function contextOf(
  answers: Answers,
  env: ConnectContext['env'] = { GITHUB_TOKEN: 'placeholder' },
  { sleep = () => Promise.resolve(), signal = new AbortController().signal }: Around = {},
) {
  const requests: WireRequest[] = [];
  let wires = 0;
  const wire = (request: WireRequest): Promise<WireResponse> => {
    requests.push(request);
    const { pathname, search } = new URL(request.url);
    const answer =
      answers[`${request.method} ${pathname}${search}`] ??
      answers[`${request.method} ${pathname}`] ??
      standard[`${request.method} ${pathname}`];
    const { status = 200, headers = {}, body } = typeof answer === 'function' ? answer(request) : (answer ?? unanswered(request));
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve({ status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: text });
  };
  const context: ConnectContext = {
    env,
    signal,
    now: () => now,
    wire(budget) {
      wires += 1;
      return paced(wire, budget, { sleep, clock: () => Date.parse(now) });
    },
    sleep: () => Promise.resolve(),
    replaying: false,
  };
  return { context, requests, wires: () => wires };
}

const standard: Answers = {
  'GET /orgs/larkspur-foods': { body: organization },
  'GET /orgs/larkspur-foods/properties/values': { body: [] },
};

function unanswered({ method, url }: WireRequest): Answer {
  return { status: 500, body: { message: `the test has no answer to ${method} ${url}` } };
}

export async function sessionOf(answers: Answers): Promise<GitHubSession> {
  for await (const place of github.connect({ organizations: [organization.login] }, contextOf(answers).context)) {
    const session = await place.open();
    if ('organization' in session) return session;
  }
  throw new Error('no place');
}

/** Runs one surface over the table. */
export async function runSurface(
  surface: string,
  answers: Answers,
  settings: Settings = { organizations: [organization.login] },
  env?: ConnectContext['env'],
  around?: Around,
) {
  const { context, requests } = contextOf(answers, env, around);
  const only = { ...github, blindSpots: [], surfaces: github.surfaces.filter(({ id }) => id === surface) } as Connector;
  const scopes: Scope[] = [];
  const records: InventoryRecord[] = [];
  const coverage: Coverage[] = [];
  for await (const line of collect([{ connector: only, settings, context, skip: {} }])) {
    if (line.record === 'coverage') coverage.push(line);
    else if (line.record === 'scope') scopes.push(line);
    else records.push(line);
  }
  return { scopes, records, coverage, requests };
}

/** The index of repositories, one page, as GraphQL gives it. */
export function indexOf(counts: Readonly<Record<string, number>>, more?: { readonly cursor: string }): Answer {
  const names = Object.keys(counts).map((name) => `larkspur-foods/${name}`);
  return {
    body: {
      data: {
        organization: {
          repositories: {
            nodes: names.map((nameWithOwner, index) => ({ databaseId: index + 1, nameWithOwner, isArchived: false, isDisabled: false })),
            pageInfo: { hasNextPage: more !== undefined, endCursor: more?.cursor ?? null },
          },
          counts: {
            nodes: names.map((nameWithOwner, index) => ({ nameWithOwner, deployKeys: { totalCount: Object.values(counts)[index] } })),
          },
          environments: {
            nodes: names.map((nameWithOwner) => ({ nameWithOwner, environments: { nodes: [], pageInfo: { hasNextPage: false } } })),
          },
        },
      },
    },
  };
}
