import { unknownReasons } from './fact.ts';
import { severities } from './finding.ts';
import { ownerRoles } from './owner.ts';
import { Provenance } from './provenance.ts';
import { at, text } from './schema.ts';

/** A finding in the JSON result. The codes of `evidence` are stable; each carries its own observed values beside the code. */
export const FindingSchema = {
  type: 'object',
  required: [
    'id',
    'policy',
    'theme',
    'title',
    'severity',
    'verdict',
    'subject',
    'owners',
    'reason',
    'evidence',
    'provenance',
    'risk',
    'remediation',
    'mapsTo',
  ],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    policy: text,
    theme: text,
    title: text,
    severity: { enum: severities },
    verdict: { enum: ['fail', 'unknown'] },
    gates: { const: true },
    subject: {
      type: 'object',
      required: ['id', 'kind', 'provider', 'scope', 'name'],
      additionalProperties: false,
      properties: { id: text, kind: text, provider: text, scope: text, name: text },
    },
    owners: {
      type: 'array',
      items: {
        type: 'object',
        required: ['role', 'ref', 'state', 'by'],
        additionalProperties: false,
        properties: { role: { enum: ownerRoles }, ref: text, state: text, by: text, source: text, interim: text },
      },
    },
    reason: text,
    evidence: {
      type: 'array',
      items: { type: 'object', required: ['code'], properties: { code: text, fact: text, why: { enum: unknownReasons } } },
    },
    provenance: { type: 'array', items: Provenance },
    risk: {
      type: 'object',
      required: ['score', 'parts'],
      additionalProperties: false,
      properties: {
        score: { type: 'integer', minimum: 0 },
        parts: {
          type: 'array',
          items: {
            type: 'object',
            required: ['code', 'points'],
            additionalProperties: false,
            properties: { code: text, points: { type: 'integer' } },
          },
        },
      },
    },
    remediation: text,
    mapsTo: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
    waiver: {
      type: 'object',
      required: ['id', 'state', 'expires', 'requester', 'approver', 'reason', 'source'],
      additionalProperties: false,
      properties: {
        id: text,
        state: { enum: ['active', 'expired'] },
        expires: at,
        requester: text,
        approver: text,
        reason: text,
        ticket: text,
        source: text,
      },
    },
  },
} as const;
