import { setTimeout as wait } from 'node:timers/promises';
import { resolve } from 'node:path';
import process from 'node:process';
import pLimit from 'p-limit';
import type { ConnectContext } from '../connector/contract.ts';
import { type AnswerStore, conditionalWire } from '../connector/etag.ts';
import { type Budget, type Sleep, paced } from '../connector/pace.ts';
import { recordingWire } from '../connector/record.ts';
import { replayWire } from '../connector/replay.ts';
import { type Wire, liveWire } from '../connector/wire.ts';
import { type Instant, epoch } from '../model/instant.ts';
import { OperatorError } from '../model/operator-error.ts';
import { openAnswerStore, platformCache } from './answer-store.ts';
import type { Host } from './host.ts';
import { readText } from './read-text.ts';
import { loadTraffic, startRecording } from './traffic.ts';

export type NetworkChoice = {
  readonly record?: string;
  readonly replay?: string;
  readonly asOf?: string;
  /** Folder for kept answers, by default in the cache of the platform. */
  readonly cacheDir?: string;
  /** False: no answer is kept, and none used. */
  readonly cache?: boolean;
  readonly quiet?: true;
  /** Folder of the configuration: files that settings name are relative to it. */
  readonly folder: string;
};

/** The network of a run: live, recorded, or replayed, with the clock that goes with it. */
export type Network = {
  readonly asOf: Instant;
  now(): Instant;
  context(connector: string, signal: AbortSignal): ConnectContext;
};

/** Opens the network. A missing recording ends the run through `stop`. */
export async function openNetwork(
  choice: NetworkChoice,
  connectors: readonly string[],
  host: Host,
  stop: AbortController,
): Promise<Network> {
  if (choice.record !== undefined && choice.replay !== undefined) {
    throw new OperatorError('usage', { message: '--record and --replay exclude each other', hint: 'record first, then replay the folder' });
  }
  return choice.replay === undefined ? live(choice, host) : replayed({ ...choice, replay: choice.replay }, connectors, host, stop);
}

/** Requests of all accounts at once: well below the files that a process may have open. */
const sockets = 256;

async function live(choice: NetworkChoice, host: Host): Promise<Network> {
  const { record, asOf, folder } = choice;
  const fetched = liveWire(globalThis.fetch);
  const limit = pLimit(sockets);
  const network: Wire = (request) => limit(() => fetched(request));
  const save = record === undefined ? undefined : await startRecording(resolve(host.cwd, record), host.now());
  const sleep: Sleep = (milliseconds, signal) => wait(milliseconds, undefined, signal ? { signal } : {});
  const note = (text: string): void => {
    if (choice.quiet !== true) void host.stderr.write(`${host.stderr.isTTY ? clearLine : ''}${text}\n`);
  };
  const answers = answersOf(choice, host, note);
  return {
    asOf: asOf ?? host.now(),
    now: host.now,
    context: (connector, signal) =>
      contextOver(save ? recordingWire(network, connector, save) : network, {
        host,
        folder,
        signal,
        sleep,
        now: host.now,
        replaying: false,
        ...(answers ? { answers } : {}),
        onThrottled: tellLongWaits(connector, host, note),
      }),
  };
}

function answersOf(choice: NetworkChoice, host: Host, note: (text: string) => void): AnswerStore | undefined {
  const folder = cacheFolder(choice, host);
  return folder === undefined ? undefined : openAnswerStore(folder, note);
}

/** Where this run may keep things for the next one. A recording is of fresh answers and a replay of old ones, so nothing is kept beside them. */
export function cacheFolder({ record, replay, cache, cacheDir }: Omit<NetworkChoice, 'folder'>, host: Host): string | undefined {
  if (record !== undefined || replay !== undefined || cache === false) return undefined;
  return cacheDir === undefined ? platformCache(host.env, process.platform) : resolve(host.cwd, cacheDir);
}

const clearLine = '\r\u001b[2K';
const longWait = 30_000;

/** Says once for each wait that is long enough to make somebody wonder. */
function tellLongWaits(connector: string, host: Host, note: (text: string) => void): (wait: number) => void {
  let told = 0;
  return (wait) => {
    const until = epoch(host.now()) + wait;
    // Requests that were under way together are told of the same wait, a moment apart.
    if (wait < longWait || until <= told + longWait) return;
    told = until;
    note(`${connector} asks to wait until ${new Date(until).toISOString()}: its limit is used up (--timeout ends a run sooner)`);
  };
}

/** Recorded answers come from the recording's own time, and nobody waits for them. */
async function replayed(
  choice: NetworkChoice & { replay: string },
  connectors: readonly string[],
  host: Host,
  stop: AbortController,
): Promise<Network> {
  const { replay, asOf, folder } = choice;
  const { recordedAt, exchanges } = await loadTraffic(resolve(host.cwd, replay), connectors);
  const wire = replayWire(exchanges, (error) => {
    stop.abort(error);
  });
  const now = () => recordedAt;
  const sleep = () => Promise.resolve();
  return {
    asOf: asOf ?? recordedAt,
    now,
    context: (_connector, signal) => contextOver(wire, { host, folder, signal, sleep, now, replaying: true }),
  };
}

type Surroundings = {
  readonly host: Host;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly sleep: Sleep;
  now(): Instant;
  readonly replaying: boolean;
  readonly answers?: AnswerStore;
  readonly onThrottled?: (wait: number) => void;
};

function contextOver(wire: Wire, { host, folder, signal, sleep, now, replaying, answers, onThrottled }: Surroundings): ConnectContext {
  const asking = ({ login }: Budget): Wire => (answers && login !== undefined ? conditionalWire(wire, login, answers) : wire);
  return {
    env: host.env,
    signal,
    now,
    wire: (budget) => paced(asking(budget), budget, { sleep, clock: () => epoch(now()), ...(onThrottled ? { onThrottled } : {}) }),
    sleep: (milliseconds) => sleep(milliseconds, signal),
    readFile: async (path) => (await readText(path, folder, 'the file')).text,
    replaying,
  };
}
