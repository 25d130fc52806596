import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Credential } from '../../../src/model/credential.ts';
import type { WireResponse } from '../../../src/connector/wire.ts';
import { type Fault, type Run, load, run } from '../../contract/rig.ts';
import { actionOf, result } from './client.ts';

export type Asked = { readonly action: string; readonly form: URLSearchParams };

/** The recorded company seen by some surfaces alone, where some calls are answered otherwise; with the calls that were asked. */
export async function company(
  surfaces: readonly string[],
  answer: (asked: Asked) => WireResponse | undefined = () => undefined,
): Promise<Run & { readonly calls: readonly string[] }> {
  const { connector, faults } = await load('aws');
  const calls: string[] = [];
  const fault: Fault = (request) => {
    const form = new URLSearchParams(request.body ?? '');
    const action = actionOf(request);
    calls.push([action, form.get('UserName')].filter((part) => part !== null).join(' '));
    const other = answer({ action, form });
    return other && Promise.resolve(other);
  };
  const own = connector.surfaces.filter(({ id }) => surfaces.includes(id));
  return { ...(await run({ ...connector, surfaces: own }, faults.settings, fault)), calls };
}

export function credentialsOf({ records }: Run, kind: string): readonly Credential[] {
  return records.filter((record): record is Credential => record.kind === kind);
}

/** The recorded report with other words in it. */
export async function reportWith(find: string, replace: string): Promise<WireResponse> {
  const csv = await readFile('fixtures/company/traffic/aws/credential-report.csv', 'utf8');
  expect(csv).toContain(find);
  return reportOf(csv.replace(find, replace));
}

export function reportOf(csv: string): WireResponse {
  const content = Buffer.from(csv).toString('base64');
  return result('GetCredentialReport', `<Content>${content}</Content><GeneratedTime>2026-11-20T23:59:41Z</GeneratedTime>`);
}
