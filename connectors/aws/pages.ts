import type { Look } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';

/** One page of a listing; `next` names where the following one starts. */
export type Page<Item> = { readonly items: readonly Item[] | undefined; readonly next: string | undefined };

/** Asks for page after page until no next one is named. An answer without its list is malformed, not empty. */
export async function* pagesOf<Item>(
  listName: string,
  ask: (token: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[]> {
  let token: string | undefined;
  do {
    const { items, next } = await ask(token);
    yield required(items, listName);
    token = next;
  } while (token !== undefined && token !== '');
}

/** The items of all pages, for what can only be asked one by one. */
export async function* itemsOf<Item>(pages: AsyncIterable<readonly Item[]>): AsyncGenerator<Item> {
  for await (const page of pages) yield* page;
}

type PartReader<Part, Raw> = {
  readonly look: Look;
  readonly width: number;
  /** The scope of a part's own coverage row, where it cannot be read. */
  readonly scopeOf: (part: Part) => string;
  readonly read: (part: Part) => Promise<readonly Raw[]>;
};

/**
 * Reads the parts of a place side by side (the pools of a region, the clusters), one page each, in order. A part that is refused
 * gets a row of its own; where no part can be read, the refusal is that of the place. What was read stays when the parts end early.
 */
export async function* partsOf<Part, Raw>(
  parts: AsyncIterable<Part>,
  { look, width, scopeOf, read }: PartReader<Part, Raw>,
): AsyncGenerator<readonly Raw[]> {
  const refused: { readonly part: Part; readonly error: unknown }[] = [];
  let isOpen = false;
  let end: { readonly error: unknown } | undefined;
  const outcomes = fanOut(untilRefused(parts), width, (step) => outcomeOf(step, read));
  for await (const outcome of outcomes) {
    if ('page' in outcome) {
      isOpen = true;
      yield outcome.page;
    } else if ('part' in outcome) {
      refused.push(outcome);
      if (look.signal.aborted || (!isOpen && refused.length >= patience)) throw outcome.error;
    } else end = outcome;
  }
  if (!isOpen && refused[0]) throw refused[0].error;
  for (const { part, error } of refused) look.gap(scopeOf(part), error);
  if (end) throw end.error;
}

/** An error alone is the end of the parts. */
type Step<Part> = { readonly part: Part } | { readonly error: unknown };
type Outcome<Part, Raw> =
  | { readonly page: readonly Raw[] }
  | { readonly part: Part; readonly error: unknown }
  | { readonly error: unknown };

async function* untilRefused<Part>(parts: AsyncIterable<Part>): AsyncGenerator<Step<Part>> {
  try {
    for await (const part of parts) yield { part };
  } catch (error) {
    yield { error };
  }
}

async function outcomeOf<Part, Raw>(step: Step<Part>, read: (part: Part) => Promise<readonly Raw[]>): Promise<Outcome<Part, Raw>> {
  if (!('part' in step)) return step;
  try {
    return { page: await read(step.part) };
  } catch (error) {
    return { part: step.part, error };
  }
}

/** So many parts refused from the start: the permission is missing, not a path closed. */
const patience = 10;
