import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gcp } from '../../../connectors/gcp/index.ts';
import { loadTraffic } from '../../../src/cli/traffic.ts';
import { replayWire } from '../../../src/connector/replay.ts';
import type { WireResponse } from '../../../src/connector/wire.ts';
import { CredentialSchema } from '../../../src/model/credential.ts';
import { GrantSchema } from '../../../src/model/grant.ts';
import { IdentitySchema } from '../../../src/model/identity.ts';
import { folder, load } from '../../contract/rig.ts';
import { lookAtGoogle } from './rig.ts';

const ajv = new Ajv({ allowUnionTypes: true });
formats.default(ajv);
const isRecord = ajv.compile({ anyOf: [CredentialSchema, IdentitySchema, GrantSchema] });
const { faults } = await load('gcp');
const { exchanges } = await loadTraffic(folder, ['gcp']);

/** Every field of every recorded answer, with the operation that it answers. */
const places = [
  ...new Map(
    exchanges.flatMap(({ exchange: { request, responses } }) => {
      const operation = gcp.operationOf({ method: request.method, url: request.url, headers: {} });
      const names = JSON.stringify(responses.map(({ body }) => body)).matchAll(/\\?"(\w+)\\?":/g);
      return [...names].map(([, field = '']) => [`${operation} ${field}`, { operation, field }] as const);
    }),
  ).values(),
];
const hostile = [
  null,
  7,
  1e300,
  true,
  '',
  {},
  ['x'],
  'constructor',
  '../../x',
  'a\u0000\u001b[31m\u202e\nb',
  '9999-99-99T99:99:99Z',
  '275761-01-01T00:00:00Z',
] as const;
const gone: WireResponse = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: '{"error":{"code":404,"message":"gone"}}',
};

function spoil(value: unknown, field: string, by: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => spoil(each, field, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === field ? by : spoil(each, field, by)]));
}

test('whatever a field of an answer holds, the run ends with its coverage, and all records are such', async () => {
  expect(places.length).toBeGreaterThan(300);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), fc.constantFrom(...hostile), async ({ operation, field }, by) => {
      const replay = replayWire(exchanges, () => undefined);
      const surfaces = gcp.surfaces.filter(({ operations }) => operations.some(({ call }) => call === operation)).map(({ id }) => id);
      const { records, coverage } = await lookAtGoogle(() => ({ body: {} }), {
        settings: faults.settings as object,
        surfaces,
        async wire(request) {
          const answer = await replay(request).catch(() => gone);
          return gcp.operationOf(request) === operation
            ? { ...answer, body: JSON.stringify(spoil(JSON.parse(answer.body), field, by)) }
            : answer;
        },
      });
      for (const record of records) expect(isRecord(record), JSON.stringify([record, isRecord.errors])).toBe(true);
      const seen = new Set(coverage.map(({ surface }) => surface));
      expect(surfaces.filter((id) => !seen.has(id) && id !== 'gcp.deny_policy')).toEqual([]);
    }),
    { numRuns: 120 },
  );
}, 60_000);
