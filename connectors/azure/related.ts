import { fanOut } from '../../src/connector/fan-out.ts';
import { askBatch, batches, bodyOf } from './batch.ts';
import type { Answer } from './batch.ts';
import { type Json, listed, text } from './json.ts';
import type { Session } from './session.ts';

/** What is related to one directory object, all pages of it, or the refusal of it. */
export type Related = PromiseSettledResult<readonly Json[]>;

/** Reads the same relation of many objects, by batch. A batch that is refused is a refusal of each object in it: never none. */
export async function relatedTo(
  ids: readonly string[],
  addressOf: (id: string) => string,
  session: Session,
  version: 'v1.0' | 'beta' = 'v1.0',
): Promise<ReadonlyMap<string, Related>> {
  const related = new Map<string, Related>();
  const parts = fanOut(batches(ids), 4, async (batch) => {
    const [asked] = await Promise.allSettled([
      askBatch(
        batch.map((id) => addressOf(encodeURIComponent(id))),
        session,
        version,
      ),
    ]);
    const answers = batch.map((_, index) =>
      asked.status === 'rejected' ? Promise.reject(asked.reason as Error) : whole(asked.value[index], session),
    );
    return { batch, read: await Promise.allSettled(answers) };
  });
  for await (const { batch, read } of parts) for (const [index, each] of read.entries()) related.set(batch[index] ?? '', each);
  return related;
}

async function whole(answer: Answer, session: Session): Promise<readonly Json[]> {
  const body = bodyOf(answer);
  const found = [...listed(body['value'], 'value')];
  const next = text(body['@odata.nextLink']);
  if (next === undefined) return found;
  const graph = await session.graph();
  for await (const page of graph.pages(next, '@odata.nextLink', session.signal)) found.push(...page);
  return found;
}

/** The objects, or the refusal thrown. */
export function relatedOf(related: Related | undefined): readonly Json[] {
  if (!related) return [];
  if (related.status === 'rejected') throw related.reason;
  return related.value;
}
