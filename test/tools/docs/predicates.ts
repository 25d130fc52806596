import { predicates } from '../../../src/policy/predicates/index.ts';
import type { Pages } from './pages.ts';
import { code, generated, markdownTable } from './markdown.ts';
import { settingRows } from './settings.ts';

/** The closed vocabulary of `assert`, from the predicates themselves. */
export function predicatePage(): Pages {
  const sections = Object.entries(predicates).map(([name, { says, subjects, args }]) => {
    return `\n## ${code(name)}\n\n${says} For ${subjects.join(', ')}.\n\n${markdownTable(['Argument', 'Type', 'Demands'], settingRows(args))}`;
  });
  return new Map([['docs/predicates.md', [generated('Predicates', 'src/policy/predicates'), ...sections].join('')]]);
}
