import { fieldsOf, partFields } from '../../../src/policy/cel/fields.ts';
import { predicates } from '../../../src/policy/predicates/index.ts';
import type { Pages } from './pages.ts';
import { code, generated, markdownTable } from './markdown.ts';
import { settingRows } from './settings.ts';

/** The closed vocabulary of `assert`, from the predicates themselves. */
export function predicatePage(): Pages {
  const sections = Object.entries(predicates).map(([name, { says, subjects, args }]) => {
    const rows = settingRows(args);
    const table = rows.length === 0 ? '' : `\n${markdownTable(['Argument', 'Type', 'Demands'], rows)}`;
    return `\n## ${code(name)}\n\n${says} For ${subjects.join(', ')}.\n${table}`;
  });
  return new Map([['docs/predicates.md', [generated('Predicates', 'src/policy/predicates'), ...sections, fields()].join('')]]);
}

/** What an expression can read: fields of `subject`, by the records that have them. */
function fields(): string {
  const records = ['credential', 'identity', 'grant'] as const;
  const names = [...new Set(records.flatMap((record) => Object.keys(fieldsOf(record))))];
  const rows = names.map((name) => {
    const having = records.filter((record) => Object.hasOwn(fieldsOf(record), name));
    const types = [...new Set(having.map((record) => fieldsOf(record)[name] ?? ''))];
    return [
      code(`subject.${name}`),
      types.map(shortened).map(code).join(', '),
      having.length === records.length ? 'all' : having.join(', '),
    ];
  });
  const parts = Object.entries(partFields).map(([name, own]) => {
    const list = Object.entries(own).map(([field, type]) => `${field}: ${shortened(type)}`);
    return [code(name), code(list.join(', '))];
  });
  return [
    `\nFields. An ${code('optional')} one is ${code('null')} where the provider says that there is none.\n\n`,
    markdownTable(['Field', 'Type', 'Of'], rows),
    '\n',
    markdownTable(['Type', 'Fields'], parts),
  ].join('');
}

function shortened(type: string): string {
  return type.replaceAll('google.protobuf.', '');
}
