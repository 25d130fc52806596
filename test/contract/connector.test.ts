import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import type { Connector, FactName } from '../../src/connector/contract.ts';
import { keyOf } from '../../src/connector/recording.ts';
import { looksSecret } from '../../src/connector/scrub.ts';
import { UnreachableError } from '../../src/connector/refusal.ts';
import type { WireRequest } from '../../src/connector/wire.ts';
import type { Coverage } from '../../src/model/coverage.ts';
import { InventoryLineSchema } from '../../src/model/inventory.ts';
import { fact } from '../../src/model/record.ts';
import { type Fault, type Faults, type Run, answerTo, contextOver, load, run } from './rig.ts';

// Each branch of the line's schema declares the `record` that all of them require.
const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true, allErrors: true });
formats.default(ajv);
const isLine = ajv.compile(InventoryLineSchema);

/** What every connector promises, proven over its recorded traffic. A new connector joins with `fixtures/faults/<id>.json`. */
describe.each(Object.keys(connectors))('connector %s', { timeout: 120_000 }, (id) => {
  let connector: Connector;
  let faults: Faults;
  let clean: Run;

  beforeAll(async () => {
    ({ connector, faults } = await load(id));
    clean = await run(connector, faults.settings);
  });

  /** The surfaces that need the operation, alone: whatever else is there takes its time and tells nothing. */
  const needing = (operation: string) =>
    new Set(connector.surfaces.filter(({ operations }) => operations.some(({ call }) => call === operation)).map(({ id }) => id));
  const answering = (operation: string, fault?: Fault) =>
    run(connector, faults.settings, (request, each, replay) => (each === operation ? fault?.(request, each, replay) : undefined), {
      surfaces: needing(operation),
    });
  const undisturbed = new Map<string, Promise<Run>>();
  const cleanOf = (operation: string): Promise<Run> => {
    const key = [...needing(operation)].join();
    const before = undisturbed.get(key);
    if (before) return before;
    const running = answering(operation);
    undisturbed.set(key, running);
    return running;
  };
  const operations = (): string[] => [
    ...new Set(connector.surfaces.flatMap((surface) => surface.operations.map((operation) => operation.call))),
  ];

  test('gives the golden records and coverage', async () => {
    const lines = [...clean.scopes, ...clean.records, ...clean.coverage].map((line) => JSON.stringify(line));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../../fixtures/golden/${id}.ndjson`);
  });

  test('gives records of the published schema and of declared kinds', () => {
    const declared = new Map(connector.surfaces.flatMap((surface) => surface.kinds.map(({ kind }) => [kind.id, kind] as const)));
    for (const record of clean.records) {
      expect(isLine(record), `${record.id}: ${ajv.errorsText(isLine.errors)}`).toBe(true);
      expect(declared.get(record.kind)?.record).toBe(record.record);
      expect(record.evidence.length).toBeGreaterThan(0);
    }
    for (const row of [...clean.scopes, ...clean.coverage]) expect(isLine(row), ajv.errorsText(isLine.errors)).toBe(true);
  });

  test('gives each record once', () => {
    const ids = clean.records.map((record) => `${record.kind} ${record.id}`);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('shows every kind it declares', () => {
    const shown = new Set(clean.records.map((record) => record.kind));
    expect(connector.surfaces.flatMap((surface) => surface.kinds.map(({ kind }) => kind.id)).filter((kind) => !shown.has(kind))).toEqual(
      [],
    );
  });

  test('tells no more than it declares of each fact', () => {
    const places = connector.surfaces.flatMap(({ kinds, operations }) => kinds.map((each) => ({ ...each, operations })));
    for (const { kind, facts, operations } of places) {
      // Several places may tell differently much of one kind: the evidence says which one a record is from.
      const calls = new Set(operations.map(({ call }) => call));
      const own = clean.records.filter((each) => each.kind === kind.id && each.evidence.some(({ operation }) => calls.has(operation)));
      for (const record of own) {
        for (const name of [
          'createdAt',
          'rotatedAt',
          'rotationDueAt',
          'lastUsedAt',
          'expiresAt',
          'notBefore',
          'statusSince',
          'privilege',
          'fingerprint',
          'consumers',
        ] as const satisfies FactName[]) {
          const { state } = fact(record as Readonly<Record<string, unknown>>, name);
          const exposure = facts[name] ?? 'not-offered';
          if (exposure === 'not-offered' || exposure === 'from-tags') expect(state, `${record.kind} ${record.id} ${name}`).toBe('unknown');
          if (exposure === 'never') expect(state, `${record.kind} ${record.id} ${name}`).toBe('absent');
        }
      }
    }
  });

  test('gives identities before their credentials, and the credentials of one identity together', () => {
    const seen = new Set<string>();
    const groups = new Set<string>();
    let last = '';
    for (const record of clean.records) {
      if (record.record === 'identity') seen.add(record.id);
      if (record.record !== 'credential' || typeof record.identity !== 'string') continue;
      const own = clean.records.some((each) => each.record === 'identity' && each.id === record.identity);
      if (own) expect(seen.has(record.identity), record.id).toBe(true);
      const group = `${record.kind} ${record.identity}`;
      if (group !== last) expect(groups.has(group), `${group} comes twice`).toBe(false);
      groups.add(group);
      last = group;
    }
  });

  test('reads the second page of every surface', async () => {
    const abort = new AbortController();
    const context = await contextOver(connector, new Set(), undefined, abort);
    const pages = new Map(connector.surfaces.map((surface) => [surface.id, 0]));
    for await (const place of connector.connect(faults.settings, context)) {
      const session = await place.open();
      for (const surface of connector.surfaces.filter(({ level }) => level === place.level)) {
        const look = {
          signal: abort.signal,
          now: context.now,
          gap: () => undefined,
          leave: () => undefined,
          remark: () => undefined,
          learn: <T>(read: () => Promise<T>) => read().catch(() => ({ state: 'unknown', why: 'not-looked' }) as T),
        };
        for await (const _ of surface.list(session, look)) pages.set(surface.id, (pages.get(surface.id) ?? 0) + 1);
      }
    }
    expect([...pages].filter(([, count]) => count < 2).map(([surface]) => surface)).toEqual([]);
  });

  test('asks every operation it declares, and none beyond', () => {
    expect([...clean.operations].toSorted()).toEqual(operations().toSorted());
  });

  test('turns each denied operation into coverage that names the permission, or into unknown facts', async () => {
    for (const operation of operations()) {
      const denied = await answering(operation, (request) => Promise.resolve(answerTo(request, faults.denied)));
      expectLoss(connector, operation, await cleanOf(operation), denied);
      const closed = denied.coverage.filter((row) => row.state !== 'complete' && row.state !== 'not-enumerable' && 'requires' in row);
      const factOnly = connector.surfaces.every((surface) =>
        surface.operations.every((each) => each.call !== operation || each.facts !== undefined),
      );
      if (!factOnly)
        expect(
          closed.flatMap((row) => ('requires' in row ? (row.requires ?? []) : [])).length,
          `${operation} names no permission`,
        ).toBeGreaterThan(0);
    }
  });

  test('is as complete after a throttled answer as without one', async () => {
    for (const operation of operations()) {
      let asked = 0;
      const slow = await answering(operation, (request) =>
        (asked += 1) === 1 ? Promise.resolve(answerTo(request, faults.throttled)) : undefined,
      );
      const { coverage, records, scopes } = await cleanOf(operation);
      expect(slow, operation).toMatchObject({ coverage, records, scopes });
    }
  });

  test.each([
    ['throttled for ever', (request: WireRequest): ReturnType<Fault> => Promise.resolve(answerTo(request, faults.throttled))],
    ['unreachable', (): ReturnType<Fault> => Promise.reject(new UnreachableError('no answer'))],
    [
      'cut off',
      (_request: unknown, _operation: unknown, replay: Parameters<Fault>[2]): ReturnType<Fault> =>
        replay().then((answer) => ({ ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * 0.6)) })),
    ],
  ] satisfies [string, Fault][])('never calls a place complete whose answers are %s', async (_name, fault) => {
    for (const operation of operations()) expectLoss(connector, operation, await cleanOf(operation), await answering(operation, fault));
  });

  test('counts an item that it cannot read, and keeps the others', async () => {
    for (const { surface, match, find, replace } of faults.malformedItem) {
      let broken = 0;
      const fault: Fault = (request, _operation, replay) => {
        if (!keyOf(request).includes(match)) return undefined;
        return replay().then((answer) => {
          const body = answer.body.replace(find, replace);
          if (body !== answer.body) broken += 1;
          return { ...answer, body };
        });
      };
      const result = await run(connector, faults.settings, fault, { surfaces: new Set([surface]) });
      expect(broken, `nothing to break for ${surface}`).toBeGreaterThan(0);
      const row = result.coverage.find(
        (each) => each.surface === surface && each.state === 'partial' && each.reason === 'malformed-response',
      );
      expect(row, `${surface} is not partial`).toBeDefined();
      expect(row?.count, surface).toBeGreaterThan(0);
    }
    expect(faults.malformedItem.map(({ surface }) => surface).toSorted()).toEqual(
      connector.surfaces.map((surface) => surface.id).toSorted(),
    );
  });

  test('ends at once when it is cancelled, and says what was not read', async () => {
    const abort = new AbortController();
    const fault: Fault = () => {
      queueMicrotask(() => {
        abort.abort();
      });
      return new Promise(() => undefined);
    };
    const result = await run(connector, faults.settings, fault, { abort });
    expect(result.coverage.filter((row) => row.state === 'complete')).toEqual([]);
    expect(result.coverage.some((row) => 'reason' in row && row.reason === 'cancelled')).toBe(true);
  });

  test('shows nothing that looks like a secret', () => {
    const text = JSON.stringify([clean.scopes, clean.records, clean.coverage]);
    expect(looksSecret(text)).toBe(false);
  });

  test('prints its permissions as the provider takes them', async () => {
    const asked = [...connector.surfaces.flatMap((surface) => surface.operations), ...(connector.discovery ?? [])];
    const permissions = asked.map((operation) => operation.permission);
    const document = connector.permissionDocument([...new Set(permissions)].toSorted());
    expect(document.endsWith('\n')).toBe(true);
    await expect(document).toMatchFileSnapshot(`../../fixtures/golden/permissions-${id}.txt`);
  });
});

/** After a fault, every surface that needs the operation has a gap, or the records say what they could not learn. */
function expectLoss(connector: Connector, operation: string, clean: Run, faulty: Run): void {
  for (const surface of connector.surfaces.filter(({ operations }) => operations.some((each) => each.call === operation))) {
    const unread = (rows: readonly Coverage[]) =>
      rows
        .filter((row) => row.surface === surface.id && (row.state !== 'complete' || row.detail !== undefined))
        .map((row) => JSON.stringify(row));
    const before = new Set(unread(clean.coverage));
    // Held record by record: what is missing altogether must not make up for what is known less well.
    const unknowns = ({ scopes, records }: Run) =>
      [...scopes, ...records].flatMap((each) =>
        Object.keys(each.unknown ?? {}).map((field) => `${'kind' in each ? each.kind : each.record} ${each.id} ${field}`),
      );
    const wasUnknown = new Set(unknowns(clean));
    const lost = unread(faulty.coverage).some((row) => !before.has(row)) || unknowns(faulty).some((field) => !wasUnknown.has(field));
    expect(lost, `${surface.id} looks clean without ${operation}`).toBe(true);
  }
}
