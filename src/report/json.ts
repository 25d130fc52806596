import type { Result } from '../model/result.ts';
import type { Reporter } from './reporter.ts';

export const json: Reporter = {
  id: 'json',
  description: 'The whole result, versioned and sorted; its schema is schemas/result.schema.json.',
  *render(result) {
    yield* objectChunks(result);
    yield '\n';
  },
};

/** One chunk per top-level value, and one per entry of its lists, so that a large result is never one string. */
function* objectChunks(result: Result): Generator<string> {
  yield '{';
  let first = true;
  for (const [name, value] of Object.entries(result)) {
    yield `${first ? '' : ','}\n  ${JSON.stringify(name)}: `;
    first = false;
    if (Array.isArray(value)) yield* listChunks(value);
    else yield indent(value, '  ');
  }
  yield '\n}';
}

function* listChunks(list: readonly unknown[]): Generator<string> {
  if (list.length === 0) {
    yield '[]';
    return;
  }
  yield '[';
  for (const [index, entry] of list.entries()) yield `${index === 0 ? '' : ','}\n    ${indent(entry, '    ')}`;
  yield '\n  ]';
}

function indent(value: unknown, by: string): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${by}`);
}
