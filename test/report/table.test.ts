import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { Result } from '../../src/model/result.ts';
import { json } from '../../src/report/json.ts';
import type { RenderOptions } from '../../src/report/reporter.ts';
import { table } from '../../src/report/table.ts';

const plain: RenderOptions = { colorLevel: 0, width: 100, limit: 200, showSuppressed: false };

function finding(name: string, more: Partial<Finding> = {}): Finding {
  return {
    id: '0123456789abcdef',
    policy: 'rotation/long-lived-credential',
    theme: 'rotation',
    title: 'Long-lived credential is replaced within its limit',
    severity: 'high',
    verdict: 'fail',
    subject: { id: name, kind: 'aws.iam_access_key', provider: 'aws', scope: 'account/111122223333', name },
    owners: [{ role: 'technical', ref: 'dana@larkspur.example', state: 'active', by: 'tag owner' }],
    reason: 'overdue by 214 days: last rotated 2026-01-21, limit 90d',
    evidence: [],
    provenance: [],
    risk: { score: 40, parts: [{ code: 'severity', points: 40 }] },
    remediation: 'Create a second key, move the workload, disable the old one.',
    mapsTo: {},
    ...more,
  };
}

function result(more: Partial<Result> = {}): Result {
  return {
    schemaVersion: 1,
    tool: { name: 'overdue', version: '0.0.0' },
    asOf: '2026-11-21T00:00:00Z',
    startedAt: '2026-11-21T00:00:00Z',
    finishedAt: '2026-11-21T00:00:01Z',
    interrupted: false,
    findings: [],
    waived: [],
    waivers: [],
    coverage: [
      { record: 'coverage', connector: 'aws', scope: 'account/111122223333', surface: 'aws.iam_access_key', state: 'complete', count: 3 },
    ],
    policies: [],
    summary: {
      subjects: 3,
      identities: 0,
      credentials: 3,
      grants: 0,
      verdicts: { pass: 3, fail: 0, unknown: 0, notApplicable: 0 },
      bySeverity: { info: 0, low: 0, medium: 0, high: 0, critical: 0 },
      byTheme: {},
      waived: 0,
    },
    exit: { code: 0, reasons: ['looked everywhere, nothing at or above high'] },
    ...more,
  };
}

const draw = (of: Result, options: Partial<RenderOptions> = {}): string => [...table.render(of, { ...plain, ...options })].join('');

describe('what could not be decided', () => {
  const unused = (name: string, kind: string, detail?: string): Finding =>
    finding(name, {
      policy: 'usage/unused-credential',
      verdict: 'unknown',
      subject: { id: name, kind, provider: 'toy', scope: 'account/1', name },
      reason: `lastUsedAt is unknown: ${detail ?? 'the provider does not say'}`,
      evidence: [{ code: 'unknown', fact: 'lastUsedAt', why: 'not-offered', ...(detail === undefined ? {} : { detail }) }],
    });
  const section = (...findings: readonly Finding[]) => {
    const lines = draw(result({ findings })).split('\n');
    const cells = lines.slice(0, lines.indexOf('Coverage')).filter((line) => line.startsWith('│'));
    return cells.map((line) => line.replace(/ *│ */g, '|').trim()).slice(1);
  };

  test('is one row for each policy and missing fact, whatever the kinds', () => {
    expect(section(unused('a', 'toy.key'), unused('b', 'toy.secret'), unused('c', 'toy.secret'))).toEqual([
      '|usage/unused-credential|2 × toy.secret|lastUsedAt is unknown: the provider does not say|',
      '||1 × toy.key||',
    ]);
  });

  test('names the kinds with the most, and counts the others', () => {
    const kinds = ['toy.a', 'toy.b', 'toy.c', 'toy.d', 'toy.e'];
    expect(section(unused('again', 'toy.e'), ...kinds.map((kind) => unused(kind, kind)))).toEqual([
      '|usage/unused-credential|2 × toy.e|lastUsedAt is unknown: the provider does not say|',
      '||1 × toy.a||',
      '||1 × toy.b||',
      '||2 × 2 other kinds||',
    ]);
  });

  test('says what the provider said only where it says one thing', () => {
    expect(section(unused('a', 'toy.key', 'not in this plan'))).toEqual([
      '|usage/unused-credential|1 × toy.key|lastUsedAt is unknown: not in this plan|',
    ]);
    expect(section(unused('a', 'toy.key', 'not in this plan'), unused('b', 'toy.key'))).toEqual([
      '|usage/unused-credential|2 × toy.key|lastUsedAt is unknown: the provider does not say|',
    ]);
  });
});

describe('the table', () => {
  test('shows findings, then coverage, then the reason for the exit code', () => {
    const denied = {
      record: 'coverage',
      connector: 'azure',
      scope: 'vault/legacy',
      surface: 'azure.keyvault_secret',
      state: 'denied',
      count: 0,
      reason: 'permission-denied',
      detail: 'ForbiddenByFirewall',
      requires: ['Key Vault Reader'],
    } as const;
    const blindSpot = {
      record: 'coverage',
      connector: 'github',
      scope: '*',
      surface: 'github.classic_pat',
      state: 'not-enumerable',
      count: 0,
      reason: 'not-offered',
      detail: 'classic tokens without SAML',
    } as const;
    const one = result({
      findings: [finding('AKIAEXAMPLE')],
      coverage: [...result().coverage, denied, blindSpot],
      exit: { code: 1, reasons: ['1 finding at or above high'] },
    });
    expect(`\n${draw(one)}`).toMatchInlineSnapshot(`
      "

      HIGH  Long-lived credential is replaced within its limit  rotation/long-lived-credential
      ┌──────────────────────┬───────────────────────────────────────────────────┬───────────────────────┐
      │ Subject              │ Why                                               │ Owner                 │
      ├──────────────────────┼───────────────────────────────────────────────────┼───────────────────────┤
      │ AKIAEXAMPLE          │ overdue by 214 days: last rotated 2026-01-21,     │ dana@larkspur.example │
      │ aws.iam_access_key   │ limit 90d                                         │                       │
      │ account/111122223333 │ 0123456789abcdef                                  │                       │
      └──────────────────────┴───────────────────────────────────────────────────┴───────────────────────┘
        fix: Create a second key, move the workload, disable the old one.

      Coverage
      ┌───────────────────────┬──────────────────────┬───────────────────────────┬─────────┐
      │ Surface               │ Scope                │ State                     │ Records │
      ├───────────────────────┼──────────────────────┼───────────────────────────┼─────────┤
      │ aws.iam_access_key    │ account/111122223333 │ complete                  │ 3       │
      ├───────────────────────┼──────────────────────┼───────────────────────────┼─────────┤
      │ azure.keyvault_secret │ vault/legacy         │ denied: permission denied │ 0       │
      │                       │                      │ ForbiddenByFirewall       │         │
      │                       │                      │ needs Key Vault Reader    │         │
      └───────────────────────┴──────────────────────┴───────────────────────────┴─────────┘

      Never visible  no API lists it
      ┌────────────────────┬─────────────────────────────┐
      │ What               │ Why                         │
      ├────────────────────┼─────────────────────────────┤
      │ github.classic_pat │ classic tokens without SAML │
      └────────────────────┴─────────────────────────────┘

      3 credentials, 0 identities; verdicts: 3 pass, 0 fail, 0 unknown, 0 not applicable
      findings: none; 0 waived
      exit 1: 1 finding at or above high
      "
    `);
  });

  test('says who told of a place that is complete', () => {
    const [row] = result().coverage;
    if (row?.state !== 'complete') throw new Error('no such row');
    expect(draw(result({ coverage: [{ ...row, detail: 'told by the inventory' }] }))).toContain('complete: told by the inventory');
  });

  test('shows coverage also when there is nothing to find', () => {
    expect(draw(result())).toContain('aws.iam_access_key');
    expect(draw(result({ coverage: [] }))).toContain('nothing was looked at');
  });

  test('shows at most the limit, and counts the rest', () => {
    const many = result({ findings: Array.from({ length: 250 }, (_, index) => finding(`key-${String(index)}`)) });
    expect(draw(many)).toContain('and 50 more findings');
    expect(draw(many)).not.toContain('key-200');
  });

  test('lets no control character of a name reach the terminal', () => {
    const hostile = 'key\u001b[2J\u001b]8;;https://evil.example\u0007\r\n\u202Eexe\u200B';
    const text = draw(result({ findings: [finding(hostile, { reason: hostile, remediation: hostile, title: hostile })] }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b-\u200f]/u);
    expect(text).toContain('\\u{1b}');
  });

  test('colours nothing at level 0 and the severity at level 1', () => {
    const one = result({ findings: [finding('AKIAEXAMPLE')] });
    expect(draw(one)).not.toContain('\u001b[');
    expect(draw(one, { colorLevel: 1 })).toContain('\u001b[');
  });

  test('keeps a long identifier whole, over several lines', () => {
    const name = `projects/larkspur/serviceAccounts/${'a'.repeat(80)}`;
    const text = draw(result({ findings: [finding(name)] }), { width: 80 });
    const firstColumn = text.split('\n').map((line) => line.split('│')[1]?.trim() ?? '');
    expect(firstColumn.join('')).toContain(name);
    for (const line of text.split('\n')) if (line.startsWith('│')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('json', () => {
  test('is the result itself, in chunks', () => {
    const one = result({ findings: [finding('a'), finding('b')] });
    expect(JSON.parse([...json.render(one, plain)].join(''))).toEqual(one);
  });
});
