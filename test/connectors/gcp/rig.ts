import { gcp } from '../../../connectors/gcp/index.ts';
import type { Settings } from '../../../connectors/gcp/settings.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { ConnectContext, Connector } from '../../../src/connector/contract.ts';
import { paced } from '../../../src/connector/pace.ts';
import type { Wire, WireRequest } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { InventoryRecord } from '../../../src/model/inventory.ts';

export type Answer = { readonly status?: number; readonly body: unknown };
export type Seen = {
  readonly records: readonly InventoryRecord[];
  readonly coverage: readonly Coverage[];
  readonly requests: readonly WireRequest[];
};
export type Options = {
  readonly settings?: Settings;
  readonly replaying?: boolean;
  readonly env?: ConnectContext['env'];
  /** Surfaces that run; default: service accounts and their keys. */
  readonly surfaces?: readonly string[];
  /** Where requests go in place of `answer`. */
  readonly wire?: Wire;
  /** Whether rows of what was left out on purpose are shown too. */
  readonly skipped?: boolean;
};

export const now = '2026-11-21T00:00:00Z';
const project = 'larkspur-analytics';

/** Runs the connector and its real SDK over answers made up on the spot. */
export async function lookAtGoogle(answer: (request: WireRequest) => Answer, options: Options = {}): Promise<Seen> {
  const requests: WireRequest[] = [];
  const wire: Wire = (request) => {
    requests.push(request);
    if (options.wire) return options.wire(request);
    const { status = 200, body } = answer(request);
    return Promise.resolve({ status, headers: { 'content-type': 'application/json; charset=UTF-8' }, body: JSON.stringify(body) });
  };
  const context: ConnectContext = {
    env: options.env ?? {},
    signal: new AbortController().signal,
    now: () => now,
    wire: (budget) => paced(wire, budget, { sleep: () => Promise.resolve(), clock: () => Date.parse(now) }),
    sleep: () => Promise.resolve(),
    readFile: () => Promise.reject(new Error('no file is read')),
    replaying: options.replaying ?? true,
  };
  const records: InventoryRecord[] = [];
  const coverage: Coverage[] = [];
  const wanted = options.surfaces ?? ['gcp.service_account', 'gcp.service_account_key'];
  const skip = Object.fromEntries(gcp.surfaces.filter(({ id }) => !wanted.includes(id)).map(({ id }) => [id, 'not of this test']));
  const target = { connector: gcp as Connector, settings: options.settings ?? { projects: [project] }, context, skip };
  for await (const line of collect([target])) {
    if (line.record === 'scope') continue;
    if (line.record !== 'coverage') records.push(line);
    else if (line.state !== 'not-enumerable' && (line.state !== 'skipped' || options.skipped === true)) coverage.push(line);
  }
  return { records, coverage, requests };
}

/** Answers by the call's name; keys by the local part of the service account. Nothing else is there. */
export function google({ accounts, keys = {}, uses = {}, counts = unmonitored }: Company): (request: WireRequest) => Answer {
  return (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    const call = gcp.operationOf(request);
    if (call === 'iam.projects.serviceAccounts.list') return { body: { accounts } };
    const activity = /activityTypes\/(\w+)\//.exec(path)?.[1];
    if (activity !== undefined) return uses[activity] ?? { body: {} };
    if (call === 'monitoring.projects.timeSeries.list') return counts;
    const name = /serviceAccounts\/([^@]+)@/.exec(path)?.[1] ?? '';
    return keys[name] ?? { body: {} };
  };
}
export type Company = {
  readonly accounts: readonly unknown[];
  readonly keys?: Readonly<Record<string, Answer>>;
  readonly uses?: Readonly<Record<string, Answer>>;
  /** What Cloud Monitoring says; refused when left out. */
  readonly counts?: Answer;
};

export function email(name: string): string {
  return `${name}@${project}.iam.gserviceaccount.com`;
}

export function account(name: string, more: object = {}): object {
  return { name: `projects/${project}/serviceAccounts/${email(name)}`, email: email(name), uniqueId: `1000-${name}`, ...more };
}

export function key(owner: string, id: string, more: object = {}): object {
  return {
    name: `projects/${project}/serviceAccounts/${email(owner)}/keys/${id}`,
    validAfterTime: '2026-01-01T00:00:00Z',
    validBeforeTime: '9999-12-31T23:59:59Z',
    keyOrigin: 'GOOGLE_PROVIDED',
    keyType: 'USER_MANAGED',
    ...more,
  };
}

export function refused(status: number, state: string, message: string, ...details: readonly object[]): Answer {
  return { status, body: { error: { code: status, message, status: state, details } } };
}

const unmonitored = refused(403, 'PERMISSION_DENIED', 'Permission monitoring.timeSeries.list denied (or the resource may not exist).');

export function errorInfo(reason: string, metadata: Readonly<Record<string, string>> = {}): object {
  return { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com', metadata };
}
