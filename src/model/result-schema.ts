import { CoverageSchema } from './coverage.ts';
import { FindingSchema } from './finding-schema.ts';
import { severities } from './finding.ts';
import { resultVersion } from './result.ts';
import { at, text } from './schema.ts';
import { waiverStates } from './waiver.ts';

const count = { type: 'integer', minimum: 0 } as const;
const verdictCounts = {
  type: 'object',
  required: ['pass', 'fail', 'unknown', 'notApplicable'],
  additionalProperties: false,
  properties: { pass: count, fail: count, unknown: count, notApplicable: count },
} as const;

/** The JSON result, as published. Names are stable within a schemaVersion; new ones may come beside them. */
export const ResultSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'overdue result',
  type: 'object',
  required: [
    'schemaVersion',
    'tool',
    'asOf',
    'startedAt',
    'finishedAt',
    'interrupted',
    'findings',
    'waived',
    'waivers',
    'coverage',
    'policies',
    'summary',
    'exit',
  ],
  additionalProperties: false,
  properties: {
    schemaVersion: { const: resultVersion },
    tool: { type: 'object', required: ['name', 'version'], additionalProperties: false, properties: { name: text, version: text } },
    asOf: at,
    startedAt: at,
    finishedAt: at,
    interrupted: { type: 'boolean' },
    findings: { type: 'array', items: FindingSchema },
    waived: { type: 'array', items: FindingSchema },
    waivers: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'policy', 'state', 'expires'],
        additionalProperties: false,
        properties: { id: text, policy: text, state: { enum: waiverStates }, expires: at },
      },
    },
    coverage: { type: 'array', items: CoverageSchema },
    policies: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'disabled', ...verdictCounts.required],
        additionalProperties: false,
        properties: { id: text, disabled: { type: 'boolean' }, ...verdictCounts.properties },
      },
    },
    summary: {
      type: 'object',
      required: ['subjects', 'identities', 'credentials', 'grants', 'verdicts', 'bySeverity', 'byTheme', 'waived'],
      additionalProperties: false,
      properties: {
        subjects: count,
        identities: count,
        credentials: count,
        grants: count,
        verdicts: verdictCounts,
        bySeverity: {
          type: 'object',
          required: severities,
          additionalProperties: false,
          properties: { info: count, low: count, medium: count, high: count, critical: count },
        },
        byTheme: { type: 'object', additionalProperties: count },
        waived: count,
      },
    },
    exit: {
      type: 'object',
      required: ['code', 'reasons'],
      additionalProperties: false,
      properties: { code: { enum: [0, 1, 3] }, reasons: { type: 'array', items: { type: 'string' } } },
    },
  },
} as const;
