import { didYouMean } from '../../document/suggest.ts';
import type { Mistake } from '../../model/operator-error.ts';
import type { Frameworks, MapsTo } from './framework.ts';

/** A mistake without its position, and the path inside `mapsTo` that it stands at. */
export type MappingMistake = Pick<Mistake, 'message' | 'hint'> & {
  readonly path: readonly (string | number)[];
  readonly at: 'key' | 'value';
};

/** A citation is a claim before an auditor: whatever the framework files do not have is a mistake. */
export function mappingMistakes(mapsTo: MapsTo, frameworks: Frameworks): readonly MappingMistake[] {
  return Object.entries(mapsTo).flatMap(([id, items]): readonly MappingMistake[] => {
    const framework = frameworks.get(id);
    if (!framework)
      return [
        {
          message: `there is no framework \`${id}\``,
          hint: `${didYouMean(id, [...frameworks.keys()])}; your own go under \`frameworks\` in the configuration`,
          path: [id],
          at: 'key',
        },
      ];
    return items.flatMap((item, index): readonly MappingMistake[] => {
      const requirement = framework.requirements.get(item);
      const path = [id, index];
      if (!requirement)
        return [{ message: `${id} has no \`${item}\``, hint: didYouMean(item, [...framework.requirements.keys()]), path, at: 'value' }];
      if (requirement.tested !== 'none') return [];
      return [{ message: `${id} ${item} is declared to be beyond any test: ${requirement.because ?? ''}`, path, at: 'value' }];
    });
  });
}
