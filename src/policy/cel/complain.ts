import type { YamlDocument } from '../../document/parse.ts';
import type { Complain } from '../layer.ts';
import type { Parameter, Parameters, Path } from '../parameters.ts';
import type { PolicySubject } from '../predicate.ts';
import { isRecordName } from './argument.ts';
import { mistakesInExpression } from './expression.ts';

/** Every expression of a policy is parsed and its types are checked, when it is loaded. On what expressions cannot see, they are told as misplaced. */
export function complainOfExpressions(
  value: unknown,
  subject: PolicySubject,
  declared: ReadonlyMap<string, Parameter>,
  document: YamlDocument,
  complain: Complain,
): void {
  if (!isRecordName(subject)) return;
  const parameters: Parameters = Object.fromEntries([...declared].map(([name, each]) => [name, each.value]));
  for (const { expression, path } of expressionsIn(value)) {
    for (const { offset, length, ...mistake } of mistakesInExpression(expression, subject, parameters)) {
      complain({ ...mistake, position: document.inside?.(path, offset, length) ?? document.position(path) });
    }
  }
}

type Found = { readonly expression: string; readonly path: Path };

function expressionsIn(value: unknown, path: Path = []): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => expressionsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'cel' && typeof inner === 'string' ? [{ expression: inner, path: [...path, key] }] : expressionsIn(inner, [...path, key]),
  );
}
