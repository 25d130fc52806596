import { expect, test } from 'vitest';
import { didYouMean, suggest } from '../../src/document/suggest.ts';

test.each([
  ['hgih', ['low', 'high'], 'high'],
  ['serverity', ['severity', 'status'], 'severity'],
  ['Rotation', ['rotation', 'usage'], 'rotation'],
  ['maxage', ['maxAge', 'maxOverlap'], 'maxAge'],
  ['ab', ['xy'], undefined],
  ['cel', ['match', 'severity'], undefined],
  ['anything', [], undefined],
])('%s among %j is %s', (word, known, expected) => {
  expect(suggest(word, known)).toBe(expected);
});

test('without a near word the choices are listed, unless there are too many', () => {
  expect(didYouMean('zzz', ['one', 'two'])).toBe('known: one, two');
  expect(
    didYouMean(
      'zzz',
      Array.from({ length: 30 }, (_, index) => `word-${String(index)}`),
    ),
  ).toBe('there are 30 to choose from');
});
