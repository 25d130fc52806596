// https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-azure
// https://learn.microsoft.com/en-us/azure/devops/pipelines/library/connect-to-azure (workload identity federation of a service connection)
import type { ConnectContext } from '../../src/connector/contract.ts';
import type { WireRequest } from '../../src/connector/wire.ts';
import { isJson, text } from './json.ts';
import { RefusedAnswer, parsed } from './refused-answer.ts';

/** How a pipeline vouches for its own job: whom to ask, and where in the answer the signed word stands. */
type Voucher = { readonly request: Omit<WireRequest, 'signal'>; readonly field: string };
export type PipelineName = 'github-actions' | 'azure-pipelines';

/** What a job of the pipeline asks, or which variable it lacks. */
const vouchers: Readonly<Record<PipelineName, (env: ConnectContext['env']) => Voucher | { readonly lacks: string }>> = {
  'github-actions'(env) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env;
    if (address === undefined || token === undefined) return { lacks: 'no job of GitHub Actions with id-token: write' };
    const url = new URL(address);
    url.searchParams.set('audience', 'api://AzureADTokenExchange');
    return { request: { method: 'GET', url: url.href, headers: { authorization: `Bearer ${token}` } }, field: 'value' };
  },
  'azure-pipelines'(env) {
    const { SYSTEM_OIDCREQUESTURI: address, SYSTEM_ACCESSTOKEN: token, AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: connection } = env;
    if (address === undefined) return { lacks: 'no job of Azure Pipelines' };
    if (token === undefined) return { lacks: 'SYSTEM_ACCESSTOKEN is not set' };
    if (connection === undefined) return { lacks: 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID is not set' };
    const url = new URL(address);
    url.searchParams.set('api-version', '7.1');
    url.searchParams.set('serviceConnectionId', connection);
    // Without it, a refusal comes as a page to sign in.
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-tfs-fedauthredirect': 'Suppress' };
    return { request: { method: 'POST', url: url.href, headers }, field: 'oidcToken' };
  },
};

/** The pipeline's signed word for its job, asked for anew each time since it lives for minutes; or what it lacks. */
export function assertionOf(
  name: PipelineName,
  { env, signal, wire }: ConnectContext,
): (() => Promise<string>) | { readonly lacks: string } {
  const voucher = vouchers[name](env);
  if ('lacks' in voucher) return voucher;
  const send = wire({ concurrency: 1, attempts: 3 });
  return async () => {
    const { status, body } = await send({ ...voucher.request, signal });
    const answer = parsed(body);
    const word = isJson(answer) ? text(answer[voucher.field]) : undefined;
    if (status !== 200 || word === undefined) throw new RefusedAnswer(status, answer);
    return word;
  };
}
