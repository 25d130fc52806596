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
    ['workloads: { file: cmdb.csv, format: servicenow, columns: { managed_by: managed_by.email } }'],
    ['workloads: [{ file: catalog.yaml, format: backstage, complete: true }, { file: cmdb.csv, format: servicenow }]'],
    ['people: { files: [page-1.json, page-2.json], format: scim }'],
    ['people: { endpoint: "https://idp.example/scim/v2/Users", tokenFrom: SCIM_TOKEN }'],
    ['people: { endpoint: "http://localhost:8080/Users", tokenFrom: SCIM_TOKEN, format: scim }'],
    ['codeowners: { folder: ../checkouts, repositories: { acme/shop: CODEOWNERS } }'],
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
    ['workloads: []', 'workloads is empty'],
    ['workloads: catalog.yaml', 'workloads is not a registry, or a list of several: `catalog.yaml`'],
    ['workloads: [{ file: a.yaml, format: backstge }]', 'workloads[0].format cannot be `backstge`'],
    ['workloads: [{ file: a.yaml, fromat: yaml }]', 'unknown key `fromat` in workloads[0]'],
    ['people: { endpoint: "https://idp.example/Users" }', '`tokenFrom` is missing in people'],
    ['people: { tokenFrom: SCIM_TOKEN, file: people.csv }', '`endpoint` is missing in people'],
    ['people: { endpoint: "https://idp.example/Users", tokenFrom: T, format: okta }', 'people.format must be `scim`, not `okta`'],
    ['people: { endpoint: "http://idp.example/Users", tokenFrom: T, format: scim }', 'endpoint is not an https address'],
    [
      'people: { endpoint: "https://idp.example/Users", tokenFrom: "a token", format: scim }',
      'tokenFrom is not the name of an environment variable',
    ],
    ['people: { file: a.csv, endpoint: "https://idp.example/Users", tokenFrom: T, format: scim }', 'people is not a roster with'],
    ['codeowners: { repositories: { shop: CODEOWNERS } }', 'shop'],
  ])('may not be %s', (text, message) => {
    expect(told(text).join('\n')).toContain(message);
  });
});
