import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { type Format, formats, reporters } from '../../src/report/index.ts';
import type { RenderOptions } from '../../src/report/reporter.ts';
import { repository } from '../cli/overdue.ts';

const plain: RenderOptions = { colorLevel: 0, width: 120, limit: 200, showSuppressed: true };
const demo = JSON.parse(readFileSync(join(repository, 'fixtures/golden/demo.json'), 'utf8')) as Result;

async function render(format: Format, result: Result, options: Partial<RenderOptions> = {}): Promise<string> {
  const reporter = await reporters[format]();
  return [...reporter.render(result, { ...plain, ...options })].join('');
}

/** What every output format promises. A new one joins by standing in the list of reporters. */
describe.each(formats)('format %s', (format) => {
  test('is declared under its own id, with a description', async () => {
    const reporter = await reporters[format]();
    expect(reporter.id).toBe(format);
    expect(reporter.description.length).toBeGreaterThan(10);
  });

  test('gives the golden report of the demo', async () => {
    await expect(await render(format, demo)).toMatchFileSnapshot(`../../fixtures/golden/report.${format}.txt`);
  });

  test('is the same bytes twice', async () => {
    expect(await render(format, demo)).toBe(await render(format, demo));
  });

  test('shows the coverage: each place that was not completely read, also when there are no findings', async () => {
    const empty = { ...demo, findings: [], waived: [] };
    const text = await render(format, empty);
    const unread = demo.coverage.filter(({ state }) => state === 'denied' || state === 'partial');
    expect(unread.length).toBeGreaterThan(0);
    for (const { surface, state } of unread) {
      expect(text.replaceAll(/[\s│]/g, '')).toContain(surface.replaceAll(/\s/g, ''));
      expect(text).toContain(state);
    }
  });

  test('holds no control character but line breaks, whatever names say', async () => {
    const hostile = 'x\u001b[2J\u0007\u009b31m\u202Ey';
    const [first] = demo.findings;
    if (!first) throw new Error('the demo has findings');
    const finding = {
      ...first,
      title: hostile,
      reason: hostile,
      remediation: hostile,
      subject: { ...first.subject, name: hostile, scope: hostile },
    };
    const coverage = demo.coverage.map((row) => ({ ...row, scope: hostile }));
    const text = await render(format, { ...demo, findings: [finding], coverage });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/u);
  });

  test('decides nothing: exit code and reasons are those of the result', async () => {
    expect(await render(format, demo)).toContain(demo.exit.reasons[0]);
  });
});
