import type { Connector, Look, Surface } from '../connector/contract.ts';
import { MalformedError, type Refusal } from '../connector/refusal.ts';
import type { Coverage } from '../model/coverage.ts';
import { type Fact, unknown } from '../model/fact.ts';
import type { Instant } from '../model/instant.ts';
import type { Collected } from '../model/inventory.ts';
import { abortable, orAbort } from './abortable.ts';
import { coverageRow } from './coverage-row.ts';

export type Sight = {
  readonly connector: Connector;
  readonly surface: Surface<unknown>;
  readonly scope: string;
  readonly session: Promise<unknown>;
  readonly signal: AbortSignal;
  now(): Instant;
  /** Stops after one page: enough to know whether the place can be read. */
  readonly firstPageOnly: boolean;
};

/** Reads one surface of one place: its records, then a coverage row for each part that was not read, then its own row. */
export async function* lookAt(sight: Sight): AsyncGenerator<Collected> {
  const { connector, surface, scope, signal } = sight;
  const ledger = openLedger(sight);
  try {
    const session = await orAbort(sight.session, signal);
    for await (const page of abortable(surface.list(session, ledger.look), signal)) {
      const observedAt = sight.now();
      for (const item of page) {
        for (const record of ledger.read(() => surface.normalize(item, { session, observedAt }))) yield record;
      }
      if (sight.firstPageOnly) break;
    }
  } catch (error) {
    ledger.refuse(error);
  }
  yield* ledger.parts;
  yield coverageRow({ connector: connector.id, surface, scope, ...ledger.tally() });
}

function openLedger(sight: Sight) {
  const { connector, surface, signal, now } = sight;
  const parts: Coverage[] = [];
  let gaps = 0;
  const unreadable: string[] = [];
  const remarks: string[] = [];
  let count = 0;
  let refusal: Refusal | undefined;

  const look: Look = {
    signal,
    now,
    gap(scope, error) {
      gaps += 1;
      parts.push(coverageRow({ connector: connector.id, surface, scope, count: 0, refusal: understood(error, sight) }));
    },
    leave(scope, state, detail) {
      const reason = state === 'skipped' ? 'not-looked' : 'not-enabled';
      parts.push({ record: 'coverage', connector: connector.id, scope, surface: surface.id, state, count: 0, reason, detail });
    },
    remark(detail) {
      remarks.push(detail);
    },
    learn: (read) => learned(read, sight),
  };

  return {
    look,
    parts,
    /** Counts what an item holds; an item that cannot be read is counted too, and makes the place partial. */
    read(normalize: () => ReturnType<typeof surface.normalize>): ReturnType<typeof surface.normalize> {
      try {
        const records = normalize();
        count += records.length;
        return records;
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error;
        unreadable.push(error.message);
        return [];
      }
    },
    refuse(error: unknown): void {
      refusal = understood(error, sight);
    },
    tally() {
      const cause = refusal ?? unread(unreadable);
      return { count, unreadParts: gaps, remarks, ...(cause ? { refusal: cause } : {}) };
    },
  };
}

async function learned<T>(read: () => Promise<Fact<T>>, sight: Sight): Promise<Fact<T>> {
  try {
    return await read();
  } catch (error) {
    const { why, detail } = understood(error, sight);
    return unknown(why, detail === '' ? undefined : detail);
  }
}

/** A refusal in the provider's words, or the end of the run; our bugs are rethrown. */
function understood(error: unknown, { connector, signal }: Sight): Refusal {
  if (signal.aborted) return { why: isTimeout(signal.reason) ? 'timed-out' : 'cancelled', detail: '' };
  const refused = connector.classify(error);
  if (!refused) throw error;
  return refused;
}

function unread([first, ...rest]: readonly string[]): Refusal | undefined {
  return first === undefined ? undefined : { why: 'malformed-response', detail: `${String(rest.length + 1)} unreadable: ${first}` };
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}
