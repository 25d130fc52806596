import type { Frameworks, MapsTo } from '../../../policy/frameworks/framework.ts';
import type { Row } from './section.ts';

/** What the policy is asked for by, with the titles of those that are known. */
export function frameworkRows(mapsTo: MapsTo, frameworks: Frameworks): readonly Row[] {
  return Object.entries(mapsTo).map(([id, items]) => {
    const framework = frameworks.get(id);
    const lines = items.map((item) => [item, framework?.requirements.get(item)?.title ?? ''].join('  ').trimEnd());
    return [id, lines.join('\n')];
  });
}
