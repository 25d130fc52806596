import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, vi } from 'vitest';
import { aws } from '../../connectors/aws/index.ts';
import { collect } from '../../src/collect/collect.ts';
import type { ConnectContext, Connector } from '../../src/connector/contract.ts';
import { paced } from '../../src/connector/pace.ts';
import { liveWire } from '../../src/connector/wire.ts';
import type { Coverage } from '../../src/model/coverage.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Scope } from '../../src/model/scope.ts';

export const region = 'eu-west-1';

/** How a client of the SDK reaches the emulator, which answers at AWS_ENDPOINT_URL, such as `moto_server`. What an earlier run left there does no harm. */
export type EmulatorConfig = {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** Logs the test in. Fails where no emulator is named, so that nothing is passed over unseen. */
export function emulator(): EmulatorConfig {
  const endpoint = process.env['AWS_ENDPOINT_URL'];
  if (endpoint === undefined) throw new Error('AWS_ENDPOINT_URL is not set: start an emulator and name its address');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'emulated');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'emulated');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  return { region, endpoint, credentials: { accessKeyId: 'emulated', secretAccessKey: 'emulated' } };
}

afterAll(() => {
  vi.unstubAllEnvs();
});

/** What was found, filled while `read` runs. */
export type Found = { readonly scopes: Scope[]; readonly records: InventoryRecord[]; readonly coverage: Coverage[] };

export function nothingYet(): Found {
  return { scopes: [], records: [], coverage: [] };
}

/** Reads the emulator with the real connector. Only the surfaces that are named: an emulator answers what it lacks with errors, which are asked again. */
export async function read(found: Found, surfaces: readonly string[], settings: object = { regions: [region] }): Promise<void> {
  const connector = { ...aws, surfaces: aws.surfaces.filter(({ id }) => surfaces.includes(id)) } as Connector;
  for await (const line of collect([{ connector, settings, context: liveContext(), skip: {} }])) {
    if (line.record === 'coverage') found.coverage.push(line);
    else if (line.record === 'scope') found.scopes.push(line);
    else found.records.push(line);
  }
}

function liveContext(): ConnectContext {
  const sleep = (milliseconds: number): Promise<void> => delay(Math.min(milliseconds, 10));
  return {
    env: process.env,
    signal: new AbortController().signal,
    now: () => new Date().toISOString(),
    wire: (budget) => paced(liveWire(fetch), budget, { sleep, clock: () => Date.now() }),
    sleep,
    readFile: () => Promise.reject(new Error('no file is read')),
    replaying: false,
  };
}
