import { codeownerRef, wholeRule } from '../model/codeowners.ts';
import { type Mistake, OperatorError } from '../model/operator-error.ts';
import type { OwnedRepository, Sources } from '../model/source.ts';
import type { CodeownersSettings } from './settings.ts';
import { type SourceText, quoted, sourceInfo } from './source-text.ts';

/** A CODEOWNERS file, and the repository (`acme/shop`) that it speaks for. */
export type CodeownersText = { readonly repository: string; readonly source: SourceText };

/** Reads who answers for whole repositories. `now` in milliseconds. Throws OperatorError `source-invalid` with every owner that names nobody. */
export function readCodeowners(
  texts: readonly CodeownersText[],
  settings: Pick<CodeownersSettings, 'maxAge'>,
  now: number,
): NonNullable<Sources['codeowners']> {
  const mistakes: Mistake[] = [];
  const entries = texts.flatMap(({ repository, source: { file, text } }): OwnedRepository[] => {
    const rule = wholeRule(text.replace(/^\uFEFF/, ''));
    if (!rule || rule.owners.length === 0) return [];
    const owners = rule.owners.map((owner) => ({ owner, ref: codeownerRef(owner) }));
    for (const { owner, ref } of owners) {
      if (ref !== undefined) continue;
      mistakes.push({
        message: `not an owner: ${quoted(owner)}`,
        hint: '@login, @organization/team or an e-mail address',
        position: { file, line: rule.line },
      });
    }
    return [
      { repository: repository.toLowerCase(), owners: owners.flatMap(({ ref }) => ref ?? []), source: `${file}:${String(rule.line)}` },
    ];
  });
  if (mistakes.length > 0) throw new OperatorError('source-invalid', mistakes);
  const files = texts.map(({ source }) => source);
  return { ...sourceInfo(files, entries.length, settings, now), entries };
}
