import { azure } from '../../../connectors/azure/index.ts';
import type { Settings } from '../../../connectors/azure/settings.ts';
import type { WireRequest, WireResponse } from '../../../src/connector/wire.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Identity } from '../../../src/model/identity.ts';
import { asResponse, run } from '../../contract/rig.ts';

export const tenant = '3f0c1c1e-6a51-4d6e-9a77-1d2c3b4a5e6f';
export const settings: Settings = { tenants: [{ id: tenant }] };
export const observed = '2026-11-21T00:00:00Z';

/** What stands in for a recorded answer: another answer, or the recorded one changed. */
export type Change = (request: WireRequest, operation: string, recorded: () => Promise<WireResponse>) => Promise<WireResponse> | undefined;

/** The recorded company through the real SDKs, with `change` in between; also says what was asked. */
export async function look(change: Change = () => undefined, asked: WireRequest[] = []) {
  const { scopes, records, coverage } = await run(azure, settings, (request, operation, recorded) => {
    asked.push(request);
    return change(request, operation, recorded);
  });
  return {
    scopes,
    records,
    coverage,
    rows: (surface: string) => coverage.filter((row) => row.surface === surface),
    of: (kind: string, name: string) =>
      records.find((record): record is Credential | Identity => record.kind === kind && record.name === name),
  };
}

export function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<WireResponse> {
  return Promise.resolve(asResponse({ status, headers, body }));
}

export function refusal(status: number, code: string, innererror?: string): Promise<WireResponse> {
  return answer(status, { error: { code, message: 'no', ...(innererror === undefined ? {} : { innererror: { code: innererror } }) } });
}

/** The recorded answer with some of its text replaced. */
export async function edited(recorded: () => Promise<WireResponse>, find: string, replace: string): Promise<WireResponse> {
  const response = await recorded();
  if (!response.body.includes(find)) throw new Error(`nothing to replace: ${find}`);
  return { ...response, body: response.body.replace(find, replace) };
}
