import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { isJson, text } from './json.ts';

/** An HTTP answer that says no, with the provider's own codes. */
export class RefusedAnswer extends Error {
  override readonly name = 'RefusedAnswer';
  readonly status: number;
  readonly code: string | undefined;
  /** Key Vault tells only here whether role, access policy or firewall refused. */
  readonly innerCode: string | undefined;

  constructor(status: number, body: unknown) {
    const error = isJson(body) && isJson(body['error']) ? body['error'] : {};
    const inner = error['innererror'] ?? error['innerError'];
    const code = text(error['code']);
    const innerCode = isJson(inner) ? text(inner['code']) : undefined;
    super(sentence(status, code, innerCode, text(error['message'])));
    this.status = status;
    this.code = code;
    this.innerCode = innerCode;
  }
}

/**
 * Key Vault's pager drops the body of a refusal, and with it the inner code, so refusals are caught under the client. A 401 goes
 * through: it is how Key Vault and continuous access evaluation ask for a token.
 */
const catchRefusals: PipelinePolicy = {
  name: 'catchRefusals',
  async sendRequest(request, next) {
    const response = await next(request);
    if (response.status < 300 || response.status === 401) return response;
    throw new RefusedAnswer(response.status, parsed(response.bodyAsText));
  },
};

/** For the options of a client. */
export const catching = [{ policy: catchRefusals, position: 'perRetry' as const }];

/** The JSON of a body, or undefined: a refusal by a proxy or gateway is often a page. */
export function parsed(body: string | null | undefined): unknown {
  try {
    return JSON.parse(body ?? '') as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function sentence(status: number, code: string | undefined, innerCode: string | undefined, message: string | undefined): string {
  const codes = [code ?? `HTTP ${String(status)}`, innerCode].filter((each) => each !== undefined).join(' ');
  const first = message?.split(/[\r\n]/)[0]?.slice(0, 300);
  return first === undefined ? codes : `${codes}: ${first}`;
}
