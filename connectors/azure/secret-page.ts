import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { MalformedError } from '../../src/connector/refusal.ts';
import { isJson, listed, text } from './json.ts';
import { parsed } from './refused-answer.ts';

/**
 * Looks at a page of secrets before the SDK does: its pager throws a plain error for an id that it cannot take apart, which could not
 * be told from a bug of ours. https://learn.microsoft.com/en-us/rest/api/keyvault/secrets/get-secrets/get-secrets
 */
export const secretPageGuard: PipelinePolicy = {
  name: 'secretPageGuard',
  async sendRequest(request, next) {
    const response = await next(request);
    if (response.status !== 200) return response;
    const page = parsed(response.bodyAsText);
    if (!isJson(page)) throw new MalformedError('a page of secrets that is not JSON');
    for (const { id } of listed(page['value'], 'value')) {
      if (!isSecretId(text(id))) throw new MalformedError('a secret without an id');
    }
    return response;
  },
};

function isSecretId(id: string | undefined): boolean {
  return id !== undefined && URL.canParse(id) && /^\/secrets\/[^/]+(?:\/[^/]*)?$/.test(new URL(id).pathname);
}
