import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import process from 'node:process';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { type Collected, type InventoryHead, type InventoryLine, InventoryLineSchema, inventoryVersion } from '../../model/inventory.ts';
import type { Kind } from '../../model/kind.ts';
import { OperatorError } from '../../model/operator-error.ts';
import type { Host } from '../host.ts';
import { findFile } from '../read-text.ts';

/** A saved inventory: head and kinds are read at once, the records stream. */
export type SavedInventory = {
  readonly head: InventoryHead;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly lines: AsyncIterable<Collected>;
  /** Known only when all lines have been read. */
  interrupted(): boolean;
};

export async function readInventory(path: string, host: Host): Promise<SavedInventory> {
  const lines = parsed(path, host)[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true || first.value.record !== 'inventory')
    throw invalid(path, 1, 'this is not an inventory', 'give a file written by overdue collect');
  const kinds = new Map<string, Kind>();
  let next = await lines.next();
  for (; next.done !== true && next.value.record === 'kind'; next = await lines.next())
    kinds.set(next.value.declaration.id, next.value.declaration);
  const ending = { interrupted: false };
  return { head: first.value, kinds, lines: records(path, next, lines, ending), interrupted: () => ending.interrupted };
}

async function* records(
  path: string,
  first: IteratorResult<InventoryLine>,
  rest: AsyncIterator<InventoryLine>,
  ending: { interrupted: boolean },
): AsyncGenerator<Collected> {
  for (let next = first; next.done !== true; next = await rest.next()) {
    const line = next.value;
    if (line.record === 'end') {
      ending.interrupted = line.interrupted;
      return;
    }
    if (line.record === 'inventory' || line.record === 'kind')
      throw invalid(path, undefined, `a second ${line.record} line: two inventories in one file`, 'evaluate them one by one');
    yield line;
  }
  throw invalid(
    path,
    undefined,
    'the inventory was cut off: its end line is missing',
    'collect it again; what is missing cannot be told from what is gone',
  );
}

async function* parsed(path: string, host: Host): AsyncGenerator<InventoryLine> {
  const isLine = lineValidator();
  let number = 0;
  for await (const text of textLines(path, host)) {
    number += 1;
    if (text.trim() === '') continue;
    const value = parseLine(path, number, text);
    if (!isLine(value))
      throw invalid(
        path,
        number,
        `not an inventory line: ${problem(value, isLine)}`,
        `this version reads inventories of version ${String(inventoryVersion)}`,
      );
    yield value;
  }
}

function lineValidator(): ValidateFunction<InventoryLine> {
  const ajv = new Ajv({ allowUnionTypes: true, discriminator: true });
  formats.default(ajv);
  return ajv.compile<InventoryLine>(InventoryLineSchema);
}

function problem(value: unknown, { errors }: ValidateFunction): string {
  const [first] = errors ?? [];
  const record = typeof value === 'object' && value !== null && 'record' in value ? String(value.record) : 'no record field';
  return `${record}${first === undefined ? '' : ` ${first.instancePath} ${first.message ?? ''}`}`;
}

function parseLine(path: string, number: number, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError)
      throw invalid(path, number, `not JSON: ${error.message.slice(0, 120)}`, 'an inventory has one JSON object on each line');
    throw error;
  }
}

async function* textLines(path: string, host: Host): AsyncGenerator<string> {
  const input = path === '-' ? process.stdin : createReadStream((await findFile(path, host.cwd, 'the inventory')).absolute);
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

function invalid(path: string, line: number | undefined, message: string, hint: string): OperatorError {
  return new OperatorError('inventory-invalid', { message, hint, position: { file: path, ...(line === undefined ? {} : { line }) } });
}
