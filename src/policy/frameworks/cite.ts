import { globs } from '../glob.ts';
import type { Frameworks, MapsTo } from './framework.ts';

/** What a finding on this kind may cite of what its policy maps to: a requirement on access keys says nothing of a deploy key. */
export function citations(frameworks: Frameworks): (mapsTo: MapsTo, kind: string) => MapsTo {
  const known = new Map<string, (kind: string) => boolean>();
  const isAbout = (framework: string, item: string, kind: string): boolean => {
    const kinds = frameworks.get(framework)?.requirements.get(item)?.kinds;
    if (kinds === undefined) return true;
    const key = kinds.join('\n');
    const fits = known.get(key) ?? globs(kinds);
    known.set(key, fits);
    return fits(kind);
  };
  return (mapsTo, kind) =>
    Object.fromEntries(
      Object.entries(mapsTo)
        .map(([framework, items]) => [framework, items.filter((item) => isAbout(framework, item, kind))] as const)
        .filter(([, items]) => items.length > 0),
    );
}
