import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJson } from '../../../connectors/azure/json.ts';
import { OperatorError } from '../../../src/model/operator-error.ts';
import { look } from './rig.ts';

const nonsense = fc.constantFrom<unknown>(
  null,
  42,
  -1e300,
  1e17,
  true,
  '',
  '\u001b[31mred\u202e',
  '9999-99-99T00:00:00Z',
  'x'.repeat(5000),
  {},
  [],
  [null],
  { a: { b: 1 } },
);

/** The same JSON with one of its values, the `at`-th of all, replaced. */
function withOne(body: unknown, at: number, value: unknown): unknown {
  const places = count(body);
  if (places === 0) return body;
  let left = at % places;
  const walked = (each: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(each)) return each.map(walked);
    return isJson(each) ? Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, walked(inner)])) : each;
  };
  return walked(body);
}

function count(value: unknown): number {
  const inner: readonly unknown[] = Array.isArray(value) ? value : isJson(value) ? Object.values(value) : [];
  return 1 + inner.reduce<number>((sum, each) => sum + count(each), 0);
}

/** What is asked for under another name than the recorded one ends the replay. */
function unlessUnrecorded(error: unknown): undefined {
  if (!(error instanceof OperatorError) || error.code !== 'recording-missing') throw error;
}

test('whatever stands in place of one value of one answer, the run ends in records and rows', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(130), fc.nat(), nonsense, async (answer, at, value) => {
      let asked = 0;
      const run = look(async (_request, _operation, recorded) => {
        asked += 1;
        const isMeant = asked === answer;
        const response = await recorded();
        if (!isMeant || response.body === '') return response;
        return { ...response, body: JSON.stringify(withOne(JSON.parse(response.body), at, value)) };
      });
      const seen = await run.catch(unlessUnrecorded);
      if (seen) expect(seen.rows('azure.vm_ssh_key')).not.toEqual([]);
    }),
    { numRuns: 60 },
  );
});
