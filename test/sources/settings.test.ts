import { describe, expect, test } from 'vitest';
import { parseDocuments } from '../../src/document/parse.ts';
import { mistakesIn } from '../../src/document/validate.ts';
import { sourcesSchema } from '../../src/sources/settings.ts';

const told = (text: string) =>
  parseDocuments('overdue.yaml', text).flatMap((document) =>
    mistakesIn(document, document.value, sourcesSchema).map(({ message }) => message),
  );

describe('sources in the configuration', () => {
  test.each([
    ['people: { file: people.csv }'],
    ['people: { file: people.csv, complete: true, maxAge: 30d, columns: { id: Employee_ID } }\nvendors: { file: v.csv }'],
    ['workloads: { file: catalog.yaml, format: backstage, complete: true }'],
    ['workloads: { files: [a.yaml, b.yaml], format: backstage, maxAge: 2w }'],
  ])('may be %s', (text) => {
    expect(told(text)).toEqual([]);
  });

  test.each([
    ['people: { complete: true }', '`file` is missing in people'],
    ['people: { file: p.csv, columns: { mail: Mail } }', 'unknown key `mail` in people.columns'],
    ['people: { file: p.csv, maxAge: a month }', 'maxAge is not a duration'],
    ['workloads: { format: backstage }', '`file` is missing in workloads'],
    [
      'workloads: { file: a.yaml, files: [b.yaml], format: backstage }',
      'workloads is not a registry with `file` or `files`, one of the two',
    ],
    ['workloads: { file: a.yaml, format: csv }', 'workloads.format cannot be `csv`'],
    ['workload: { file: a.yaml }', 'unknown key `workload`'],
  ])('may not be %s', (text, message) => {
    expect(told(text).join('\n')).toContain(message);
  });
});
