// https://learn.microsoft.com/en-us/graph/json-batching
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, isJson, listed, text } from './json.ts';
import { RefusedAnswer } from './refused-answer.ts';
import type { Rest } from './rest.ts';
import type { Session } from './session.ts';

/** Graph's own limit of a batch. */
const batchSize = 20;
const attempts = 6;
/** Longest single wait that is obeyed, in milliseconds; a request that asks for more stays throttled. */
const longestWait = 60_000;

/** One request's answer inside a batch; undefined where the batch leaves it out. */
export type Answer = Json | undefined;

type Asking = Pick<Session, 'signal' | 'sleep'> & { graph(): Promise<Pick<Rest, 'post'>> };

/** Addresses in parts that fit into one batch each. */
export function batches<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) => items.slice(index * batchSize, (index + 1) * batchSize));
}

/**
 * Asks for addresses by one batch and gives their answers in the same order. A batch answers 200 while requests inside it are throttled:
 * those alone are asked again, after as long as they ask for themselves.
 */
export async function askBatch(
  addresses: readonly string[],
  session: Asking,
  version: 'v1.0' | 'beta' = 'v1.0',
): Promise<readonly Answer[]> {
  const graph = await session.graph();
  const answers: Answer[] = addresses.map(() => undefined);
  let open = addresses.map((_, index) => index);
  for (let tried = 1; open.length > 0; tried += 1) {
    const requests = open.map((index) => ({ id: String(index), method: 'GET', url: addresses[index] }));
    const { responses } = await graph.post(`/${version}/$batch`, { requests }, session.signal);
    const byId = new Map(listed(responses, 'responses').map((each) => [text(each['id']), each]));
    for (const index of open) answers[index] = byId.get(String(index));
    open = open.filter((index) => isPassing(answers[index]?.['status']));
    const wait = Math.max(...open.map((index) => waitOf(answers[index], tried)));
    if (open.length === 0 || tried >= attempts || wait > longestWait) break;
    await session.sleep(wait);
  }
  return answers;
}

/** Asked to slow down, or out of order for the moment. */
function isPassing(status: unknown): boolean {
  return status === 429 || status === 503 || status === 504;
}

function waitOf(answer: Answer, tried: number): number {
  const headers = isJson(answer?.['headers']) ? answer['headers'] : {};
  const [, asked] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after') ?? [];
  const seconds = typeof asked === 'string' || typeof asked === 'number' ? Number(asked) : Number.NaN;
  return Number.isFinite(seconds) ? seconds * 1000 : 1000 * 2 ** (tried - 1);
}

/** The body of an answer. Throws RefusedAnswer where it says no, MalformedError where it is none. */
export function bodyOf(answer: Answer): Json {
  if (!answer) throw new MalformedError('a batch without the answer to one of its requests');
  const { status, body } = answer;
  if (status !== 200) throw new RefusedAnswer(typeof status === 'number' ? status : 0, body);
  if (!isJson(body)) throw new MalformedError('an answer in a batch that is not JSON');
  return body;
}
