import type { WireRequest, WireResponse } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { InventoryRecord } from '../../../src/model/inventory.ts';
import { load, run } from '../../contract/rig.ts';

export type Asked = { readonly operation: string; readonly host: string; readonly input: Readonly<Record<string, unknown>> };
export type Answers = Readonly<Record<string, WireResponse | ((asked: Asked) => WireResponse | undefined)>>;

/** One surface alone, whose calls are answered by name; what was found, how the place ended, and what was asked. */
export async function lookAt(surface: string, answers: Answers, settings: object = {}) {
  const { connector, faults } = await load('aws');
  const asked: Asked[] = [];
  const alone = { ...connector, surfaces: connector.surfaces.filter(({ id }) => id === surface) };
  const own = new Set(alone.surfaces.flatMap(({ operations }) => operations.map(({ call }) => call)));
  const outcome = await run(alone, { ...(faults.settings as object), ...settings }, (request, operation) => {
    if (!own.has(operation)) return undefined;
    const call = { operation: operation.slice(operation.indexOf(':') + 1), host: new URL(request.url).host, input: inputOf(request) };
    asked.push(call);
    const answer = answers[call.operation];
    const response = typeof answer === 'function' ? answer(call) : answer;
    return response && Promise.resolve(response);
  });
  const rows: readonly Coverage[] = outcome.coverage.filter((row) => row.surface === surface);
  const found: readonly InventoryRecord[] = outcome.records;
  return { found, rows, asked, calls: asked.map(({ operation }) => operation) };
}

/** A refusal in the JSON protocols. */
export function jsonError(type: string, message: string, status = 400): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': type },
    body: JSON.stringify({ __type: type, message }),
  };
}

function inputOf({ url, body }: WireRequest): Readonly<Record<string, unknown>> {
  const query = Object.fromEntries(new URL(url).searchParams);
  return body === undefined ? query : { ...query, ...(JSON.parse(body) as object) };
}
