import type { HttpClient, PipelineRequest } from '@azure/core-rest-pipeline';
import type { Wire } from '../../src/connector/wire.ts';

export type TransportOptions = {
  /** Gives up after so many milliseconds, for an endpoint that is silent where it does not exist. */
  readonly timeout?: number;
};

/** What every client is told: one place decides on retries, and it is under the client. */
export const quiet = {
  retryOptions: { maxRetries: 0 },
  userAgentOptions: { userAgentPrefix: 'overdue' },
} as const;

/** The HTTP seam of every `@azure/*` client, over a wire. */
export function httpClientOver(wire: Wire, { timeout }: TransportOptions = {}): HttpClient {
  return {
    async sendRequest(request) {
      const { createHttpHeaders } = await import('@azure/core-rest-pipeline');
      const signal = signalOf(request, timeout);
      const body = bodyOf(request);
      const answer = await wire({
        method: request.method,
        url: request.url,
        headers: request.headers.toJSON(),
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      });
      return {
        request,
        status: answer.status,
        headers: createHttpHeaders(answer.headers),
        bodyAsText: answer.body,
      };
    },
  };
}

function bodyOf({ body }: PipelineRequest): string | undefined {
  if (body === undefined || body === null || body === '') return undefined;
  if (typeof body !== 'string') throw new TypeError('only text is sent');
  return body;
}

function signalOf(request: PipelineRequest, timeout: number | undefined): AbortSignal | undefined {
  const limit = timeout ?? request.timeout;
  const signals: AbortSignal[] = [];
  // The pipeline turns every AbortSignalLike into a native signal before it comes here.
  if (request.abortSignal instanceof AbortSignal) signals.push(request.abortSignal);
  if (limit > 0) signals.push(AbortSignal.timeout(limit));
  return signals.length > 0 ? AbortSignal.any(signals) : undefined;
}
