import type { YamlDocument } from '../../document/parse.ts';
import { mistakesIn } from '../../document/validate.ts';
import { type Mistake, OperatorError } from '../../model/operator-error.ts';
import { type PolicyFile, documentsOf } from '../sheet.ts';
import type { Framework, Frameworks, Requirement } from './framework.ts';
import { FrameworkSchema } from './schema.ts';

type Written = Omit<Framework, 'requirements' | 'titles'> & {
  readonly titles?: Framework['titles'];
  readonly kinds?: readonly string[];
  readonly requirements: readonly Requirement[];
};

/** Reads framework files; an id may stand in one file only. Throws OperatorError `framework-invalid` with the mistakes of all files. */
export function loadFrameworks(files: readonly PolicyFile[]): Frameworks {
  const mistakes: Mistake[] = [];
  const frameworks = new Map<string, Framework>();
  const places = new Map<string, string>();
  for (const document of files.flatMap((file) => documentsOf(file, (more) => mistakes.push(...more)))) {
    const found = document.isSettled ? [] : mistakesIn(document, document.value, FrameworkSchema);
    mistakes.push(...found);
    if (found.length > 0) continue;
    const written = document.value as Written;
    const earlier = places.get(written.id);
    if (earlier !== undefined)
      mistakes.push({
        message: `framework \`${written.id}\` is defined twice: here and in ${earlier}`,
        position: document.position(['id']),
      });
    places.set(written.id, document.file);
    frameworks.set(written.id, frameworkOf(written, document, mistakes));
  }
  if (mistakes.length > 0) throw new OperatorError('framework-invalid', mistakes);
  return frameworks;
}

function frameworkOf({ kinds, titles = 'original', ...written }: Written, document: YamlDocument, mistakes: Mistake[]): Framework {
  const requirements = new Map<string, Requirement>();
  for (const [index, each] of written.requirements.entries()) {
    if (requirements.has(each.id))
      mistakes.push({
        message: `requirement \`${each.id}\` stands here twice`,
        position: document.position(['requirements', index, 'id']),
      });
    const own = each.kinds ?? kinds;
    requirements.set(each.id, own === undefined ? each : { ...each, kinds: own });
  }
  const { id, title, version, source, verified, extent } = written;
  return { id, title, version, source, verified, titles, extent, requirements };
}
