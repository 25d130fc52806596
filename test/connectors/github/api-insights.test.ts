import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insightWindow } from '../../../connectors/github/api-insights.ts';

test('the window of the API insights is never longer than GitHub answers, nor in the future', () => {
  const moments = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, (moment) => {
      const { min_timestamp: from, max_timestamp: to } = insightWindow(moment.toISOString());
      expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(31 * 86_400_000);
      expect(Date.parse(to)).toBeLessThanOrEqual(moment.getTime());
      for (const at of [from, to]) expect(at).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:00:00Z$/);
    }),
  );
});
