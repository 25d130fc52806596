import pLimit from 'p-limit';
import { UnreachableError } from './refusal.ts';
import { openWidth } from './width.ts';
import type { Wire, WireRequest, WireResponse } from './wire.ts';

/** The pacing budget of one provider API in one scope. All its requests share it, whichever surface sends them. */
export type Budget = {
  /** Requests under way at once, at most: fewer after the provider asked to slow down. */
  readonly concurrency: number;
  /** Milliseconds at least from the start of one request to that of the next, for quotas that count requests. */
  readonly interval?: number;
  /** Starts beyond the first that need not keep the interval, once that many intervals went by without any. Default 0. */
  readonly burst?: number;
  /** Marks the requests, where those of several scopes look the same. */
  readonly scope?: string;
  /** Tries of one request in all, the first included. Default 6. */
  readonly attempts?: number;
  /** Longest single wait that is obeyed, in milliseconds; a provider that asks for more is given up on. Default 60 s. */
  readonly longestWait?: number;
  /**
   * Who asks, the same from run to run and without any secret: answers may then be kept, and asked for again by their ETag. Left out:
   * nothing is kept.
   */
  readonly login?: string;
  /** Recognises a throttled answer that is not a 429 or 503, as AWS's 400 `Throttling`. */
  readonly isThrottled?: (response: WireResponse) => boolean;
};

export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;
export type PaceOptions = {
  readonly sleep: Sleep;
  /** Milliseconds since the epoch, for `Retry-After` dates and GitHub's reset times. */
  readonly clock: () => number;
  readonly onThrottled?: (waitMilliseconds: number) => void;
};

/**
 * Holds a wire to a budget and retries what is safe to ask again (every request of this tool is a read). `Retry-After` and
 * `x-ratelimit-reset` are obeyed; a throttled answer pauses the whole budget, and halves what may be under way. When it gives up, the
 * last answer goes back to the SDK, whose error becomes a coverage row. The SDKs' own retries are off: one place decides.
 */
export function paced(wire: Wire, budget: Budget, { sleep, clock, onThrottled }: PaceOptions): Wire {
  const width = openWidth(budget.concurrency);
  const limit = pLimit(budget.concurrency);
  const attempts = budget.attempts ?? 6;
  const longestWait = budget.longestWait ?? 60_000;
  let pause: Promise<void> = Promise.resolve();
  let pausedUntil = 0;
  const turn = openTurns(budget, { sleep, clock });

  function pauseFor(wait: number, sentIn: number, signal: AbortSignal | undefined): void {
    onThrottled?.(wait);
    width.slowDown(sentIn);
    limit.concurrency = width.now();
    const until = clock() + wait;
    if (until <= pausedUntil) return;
    pausedUntil = until;
    pause = sleep(wait, signal);
    // Each waiter sees the rejection of an aborted wait itself; one that nobody awaits any more must not end the process.
    pause.catch(() => undefined);
  }

  async function attempt(request: WireRequest, tried: number): Promise<WireResponse | undefined> {
    await pause;
    await turn(request.signal);
    request.signal?.throwIfAborted();
    const sentIn = width.era();
    try {
      const response = await wire(budget.scope === undefined ? request : { ...request, scope: budget.scope });
      const wait = waitFor(response, tried, clock(), budget);
      if (wait !== undefined && tried < attempts && wait <= longestWait) {
        pauseFor(wait, sentIn, request.signal);
        return undefined;
      }
      width.answered();
      limit.concurrency = width.now();
      return response;
    } catch (error) {
      if (!(error instanceof UnreachableError) || tried >= Math.min(3, attempts)) throw error;
      await sleep(backoff(tried), request.signal);
      return undefined;
    }
  }

  // Each try takes its turn anew, so that what is asked again does not hold the places of a budget that became narrower.
  return async (request) => {
    for (let tried = 1; ; tried += 1) {
      const response = await limit(() => attempt(request, tried));
      if (response) return response;
    }
  };
}

/** Starts in a row, each at least `interval` milliseconds after the one before, but for those saved up; all at once without an interval. */
function openTurns(
  { interval, burst = 0 }: Pick<Budget, 'interval' | 'burst'>,
  { sleep, clock }: PaceOptions,
): (signal: AbortSignal | undefined) => Promise<void> {
  let free = -Infinity;
  return async (signal) => {
    if (interval === undefined) return;
    const now = clock();
    const start = Math.max(now, free);
    free = Math.max(free, now - burst * interval) + interval;
    if (start > now) await sleep(start - now, signal);
  };
}

/** Milliseconds to wait before asking again; undefined when the answer is final. */
function waitFor(response: WireResponse, tried: number, now: number, budget: Budget): number | undefined {
  const { status, headers } = response;
  const asked = retryAfter(headers['retry-after'], now);
  const throttled = status === 429 || (status === 403 && asked !== undefined) || budget.isThrottled?.(response) === true;
  const spent = (throttled || status === 403) && headers['x-ratelimit-remaining'] === '0';
  if (spent && headers['x-ratelimit-reset'] !== undefined) return Math.max(0, Number(headers['x-ratelimit-reset']) * 1000 - now);
  if (throttled) return asked ?? backoff(tried);
  if (status === 500 || status === 502 || status === 503 || status === 504) return asked ?? backoff(tried);
  return undefined;
}

function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

/** 0.5 s, 1 s, 2 s … to 20 s, with jitter so that parallel scopes do not knock together. */
function backoff(tried: number): number {
  return Math.min(20_000, 500 * 2 ** (tried - 1)) * (0.75 + Math.random() / 2);
}
