import { expect, test } from 'vitest';
import { textIn, timestampIn } from '../../../connectors/gcp/answer.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';

test.each([
  ['text', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
  ['seconds as text', { seconds: '1704067200', nanos: 0 }, '2024-01-01T00:00:00Z'],
  ['seconds and nanoseconds', { seconds: 1704067200, nanos: 250_000_000 }, '2024-01-01T00:00:00.250Z'],
  ['nothing but an empty text', '', undefined],
])('a timestamp as %s', (_case, value, expected) => {
  expect(timestampIn({ at: value }, 'at')).toBe(expected);
});

test.each([[{ seconds: 'soon' }], [7], [true]])('%j is no timestamp', (value) => {
  expect(() => timestampIn({ at: value }, 'at')).toThrow(MalformedError);
});

test('an empty text says nothing', () => {
  expect(textIn({ description: '' }, 'description')).toBeUndefined();
});
