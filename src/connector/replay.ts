import { OperatorError } from '../model/operator-error.ts';
import { type Exchange, bodyText, exchangeKey, keyOf } from './recording.ts';
import type { Wire } from './wire.ts';

export type LoadedExchange = { readonly file: string; readonly exchange: Exchange };

/**
 * Serves recorded traffic. A request without a recording is never answered with an empty one: it names the request it wanted and
 * ends the run through `onMiss`, since an SDK would otherwise wrap the error as a provider's refusal.
 */
export function replayWire(exchanges: readonly LoadedExchange[], onMiss: (error: OperatorError) => void): Wire {
  const byKey = new Map<string, { readonly exchange: Exchange; served: number }>();
  for (const { file, exchange } of exchanges) {
    const { body, ...request } = exchange.request;
    const key = exchangeKey({ ...request, body: bodyText(body) });
    if (byKey.has(key))
      throw new OperatorError('recording-ambiguous', { message: `two recordings answer the same request: ${key}`, position: { file } });
    byKey.set(key, { exchange, served: 0 });
  }
  return async (request) => {
    request.signal?.throwIfAborted();
    const key = keyOf(request);
    const entry = byKey.get(key);
    if (!entry) {
      const error = new OperatorError('recording-missing', {
        message: `no recording answers: ${key}`,
        hint: 'record it again with --record, or add the exchange by hand',
      });
      onMiss(error);
      throw error;
    }
    const { responses } = entry.exchange;
    const response = responses[Math.min(entry.served, responses.length - 1)];
    entry.served += 1;
    if (!response) throw new OperatorError('recording-empty', { message: `a recording without responses: ${key}` });
    return { status: response.status, headers: { 'content-type': 'application/json', ...response.headers }, body: bodyText(response.body) };
  };
}
