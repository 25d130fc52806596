import { durationPattern, type Duration } from '../model/duration.ts';

export const personColumns = ['id', 'email', 'name', 'status', 'type', 'manager', 'termination_date', 'aliases'] as const;
export const vendorColumns = ['id', 'name', 'contract_end', 'business_owner', 'technical_owner', 'domains', 'identities'] as const;
export const cmdbColumns = ['sys_id', 'name', 'operational_status', 'install_status', 'owned_by', 'managed_by', 'support_group'] as const;
export type PersonColumn = (typeof personColumns)[number];
export type VendorColumn = (typeof vendorColumns)[number];
export type CmdbColumn = (typeof cmdbColumns)[number];

const peopleFormatIds = ['csv', 'scim', 'entra', 'okta'] as const;
const workloadFormatIds = ['backstage', 'opslevel', 'servicenow', 'yaml'] as const;
export type PeopleFormatId = (typeof peopleFormatIds)[number];
export type WorkloadFormatId = (typeof workloadFormatIds)[number];

const file = { type: 'string', minLength: 1, description: 'Path or glob, relative to the folder of this file.' } as const;
const files = { type: 'array', minItems: 1, items: file, description: 'Several files that are one source, such as saved pages.' } as const;
const claims = {
  complete: {
    type: 'boolean',
    description: 'It lists everything there is, so that a name it lacks is gone. False when left out.',
  },
  maxAge: {
    type: 'string',
    pattern: durationPattern,
    title: 'a duration',
    examples: ['30d'],
    description: 'A file that was last changed longer ago confirms nothing. No limit when left out.',
  },
} as const;

function columnMap<const Columns extends readonly string[]>(columns: Columns) {
  return {
    type: 'object',
    description: 'Our column -> the header in the file, where they differ.',
    additionalProperties: false,
    properties: Object.fromEntries(columns.map((column) => [column, { type: 'string', minLength: 1 }])),
  } as const;
}

/** `https`, or a service on the same machine: a token must not cross a network in the clear. */
const endpoint = {
  type: 'string',
  pattern: '^(?:https://[^\\s/@]+|http://(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::\\d+)?)(?:/[^\\s]*)?$',
  title: 'an https address without a password in it',
  examples: ['https://idp.example/scim/v2/Users'],
  description: 'SCIM 2.0 address of /Users, asked in each run; needs tokenFrom.',
} as const;
const tokenFrom = {
  type: 'string',
  pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
  title: 'the name of an environment variable',
  examples: ['SCIM_TOKEN'],
  description: 'Environment variable that holds the bearer token of the endpoint. The token itself never stands in a file.',
} as const;

const registry = {
  type: 'object',
  required: ['format'],
  additionalProperties: false,
  properties: {
    file,
    files,
    format: { enum: workloadFormatIds, description: 'What wrote it.' },
    ...claims,
    columns: { ...columnMap(cmdbColumns), description: 'For servicenow: its column -> the header in the file, where they differ.' },
  },
  oneOf: [{ required: ['file'] }, { required: ['files'] }],
  title: 'a registry with `file` or `files`, one of the two',
} as const;

/** `sources:` in `overdue.yaml`. */
export const sourcesSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    people: {
      type: 'object',
      additionalProperties: false,
      properties: {
        file,
        files,
        endpoint,
        tokenFrom,
        format: { enum: peopleFormatIds, description: 'What wrote it; csv when left out.' },
        ...claims,
        columns: columnMap(personColumns),
      },
      oneOf: [{ required: ['file'] }, { required: ['files'] }, { required: ['endpoint'] }],
      dependencies: {
        endpoint: { required: ['tokenFrom'], properties: { format: { const: 'scim' } } },
        tokenFrom: { required: ['endpoint'] },
      },
      title: 'a roster with `file`, `files` or `endpoint`, one of the three',
    },
    vendors: {
      type: 'object',
      required: ['file'],
      additionalProperties: false,
      properties: { file, ...claims, columns: columnMap(vendorColumns) },
    },
    workloads: {
      anyOf: [registry, { type: 'array', minItems: 1, items: registry }],
      title: 'a registry, or a list of several',
      description: 'What runs, and who answers for it: one registry, or several beside each other.',
    },
    codeowners: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        folder: { type: 'string', minLength: 1, description: 'Checkouts as <folder>/<organization>/<repository>.' },
        repositories: {
          type: 'object',
          description: 'Repository, such as acme/shop -> its CODEOWNERS file.',
          propertyNames: { pattern: '^[^/\\s]+/[^/\\s]+$' },
          additionalProperties: file,
        },
        maxAge: claims.maxAge,
      },
    },
  },
} as const;

type Claims = { readonly complete?: boolean; readonly maxAge?: Duration };
type Files = { readonly file?: string | undefined; readonly files?: readonly string[] | undefined };
type Columns<Column extends string> = { readonly columns?: Readonly<Partial<Record<Column, string>>> };

export type PeopleSettings = Claims &
  Files &
  Columns<PersonColumn> & { readonly format?: PeopleFormatId; readonly endpoint?: string | undefined; readonly tokenFrom?: string };
export type VendorSettings = Claims & Columns<VendorColumn> & { readonly file: string };
export type WorkloadSettings = Claims & Files & Columns<CmdbColumn> & { readonly format: WorkloadFormatId };
export type CodeownersSettings = {
  readonly folder?: string;
  readonly repositories?: Readonly<Record<string, string>>;
  readonly maxAge?: Duration;
};
export type SourcesSettings = {
  readonly people?: PeopleSettings;
  readonly vendors?: VendorSettings;
  readonly workloads?: WorkloadSettings | readonly WorkloadSettings[];
  readonly codeowners?: CodeownersSettings;
};
