import { durationPattern, type Duration } from '../model/duration.ts';

export const personColumns = ['id', 'email', 'name', 'status', 'type', 'manager', 'termination_date', 'aliases'] as const;
export const vendorColumns = ['id', 'name', 'contract_end', 'business_owner', 'technical_owner'] as const;
export type PersonColumn = (typeof personColumns)[number];
export type VendorColumn = (typeof vendorColumns)[number];

const file = { type: 'string', minLength: 1, description: 'Path, relative to the folder of this file.' } as const;
const complete = {
  type: 'boolean',
  description: 'It lists everything there is, so that a name it lacks is gone. False when left out.',
} as const;
const maxAge = {
  type: 'string',
  pattern: durationPattern,
  title: 'a duration',
  examples: ['30d'],
  description: 'A file that was last changed longer ago confirms nothing. No limit when left out.',
} as const;

function table<const Columns extends readonly string[]>(columns: Columns) {
  return {
    type: 'object',
    required: ['file'],
    additionalProperties: false,
    properties: {
      file,
      complete,
      maxAge,
      columns: {
        type: 'object',
        description: 'Our column -> the header in the file, where they differ.',
        additionalProperties: false,
        properties: Object.fromEntries(columns.map((column) => [column, { type: 'string', minLength: 1 }])),
      },
    },
  } as const;
}

/** `sources:` in `overdue.yaml`. */
export const sourcesSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    people: table(personColumns),
    vendors: table(vendorColumns),
    workloads: {
      type: 'object',
      required: ['format'],
      additionalProperties: false,
      properties: { file, files: { type: 'array', minItems: 1, items: file }, format: { const: 'backstage' }, complete, maxAge },
      oneOf: [{ required: ['file'] }, { required: ['files'] }],
      title: 'a registry with `file` or `files`, one of the two',
    },
  },
} as const;

type Claims = { readonly complete?: boolean; readonly maxAge?: Duration };
export type TableSettings<Column extends string> = Claims & {
  readonly file: string;
  readonly columns?: Readonly<Partial<Record<Column, string>>>;
};
export type WorkloadSettings = Claims & { readonly format: 'backstage' } & (
    | { readonly file: string }
    | { readonly files: readonly string[] }
  );
export type SourcesSettings = {
  readonly people?: TableSettings<PersonColumn>;
  readonly vendors?: TableSettings<VendorColumn>;
  readonly workloads?: WorkloadSettings;
};
