import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, isJson, listed } from './json.ts';
import { RefusedAnswer, parsed } from './refused-answer.ts';

/** Sends one request with a token. Made by the session, which owns the clients. */
export type Send = (request: {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}) => Promise<Pick<PipelineResponse, 'status' | 'bodyAsText'>>;

/** What Graph's advanced queries ask for with every page, as filters that count do. https://learn.microsoft.com/en-us/graph/aad-advanced-queries */
export const eventually = { consistencylevel: 'eventual' } as const;

/** JSON over one origin: what Microsoft Graph and Azure Resource Manager have in common. Addresses are paths or whole. */
export type Rest = {
  get(address: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<Json>;
  post(address: string, body: Json, signal: AbortSignal): Promise<Json>;
  /** Follows the links that the answers carry, but never to another origin: the token would go there. */
  pages(
    address: string,
    link: '@odata.nextLink' | 'nextLink',
    signal: AbortSignal,
    headers?: Readonly<Record<string, string>>,
  ): AsyncGenerator<readonly Json[]>;
};

export function restOver(origin: string, send: Send): Rest {
  const locate = (address: string): string => {
    const url = new URL(address, `${origin}/`);
    if (url.origin !== new URL(origin).origin) throw new MalformedError(`a page link to another place: ${url.host}`);
    return url.href;
  };
  const get: Rest['get'] = async (address, signal, headers = {}) =>
    answered(await send({ method: 'GET', url: locate(address), headers, signal }));

  return {
    get,
    async post(address, body, signal) {
      return answered(
        await send({
          method: 'POST',
          url: locate(address),
          body: JSON.stringify(body),
          signal,
        }),
      );
    },
    async *pages(address, link, signal, headers) {
      const followed = new Set<string>();
      for (let next: string | undefined = address; next !== undefined; ) {
        if (followed.has(next)) throw new MalformedError('a page link that leads back');
        followed.add(next);
        const page: Json = await get(next, signal, headers);
        yield listed(page['value'], 'value');
        next = nextLink(page[link]);
      }
    },
  };
}

function nextLink(value: unknown): string | undefined {
  // API Management writes an empty link on its last page.
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' || !URL.canParse(value)) throw new MalformedError('a page link that is no address');
  return value;
}

function answered({ status, bodyAsText }: Pick<PipelineResponse, 'status' | 'bodyAsText'>): Json {
  const body = parsed(bodyAsText);
  if (status < 200 || status >= 300) throw new RefusedAnswer(status, body);
  if (!isJson(body)) throw new MalformedError('an answer that is not JSON');
  return body;
}
