import type { Connector } from '../../connector/contract.ts';
import { durationPattern } from '../../model/duration.ts';
import { severities } from '../../model/finding.ts';
import { conventionsSchema } from '../../reconcile/conventions.ts';
import { evidenceSchema } from '../../reconcile/owner-evidence.ts';
import { sourcesSchema } from '../../sources/settings.ts';

const paths = { type: 'array', items: { type: 'string', minLength: 1 } } as const;
const floor = { enum: [...severities, 'none'] } as const;

/** Schema of `overdue.yaml`: each connector brings its own settings, so that a new one needs no edit here. */
export function configSchema(connectors: readonly Connector[]): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'overdue configuration',
    type: 'object',
    required: ['apiVersion', 'kind'],
    additionalProperties: false,
    properties: {
      apiVersion: { const: 'overdue/v1' },
      kind: { const: 'Config' },
      connectors: {
        type: 'object',
        description: 'One entry for each connector to run; an empty one takes everything from the environment.',
        additionalProperties: false,
        properties: Object.fromEntries(connectors.map((connector) => [connector.id, settingsSchema(connector)])),
      },
      policies: { ...paths, description: 'Policy files, globs, or `builtin:<set>`.' },
      frameworks: { ...paths, description: 'Framework files, or globs, that policies may map to beside the shipped ones.' },
      params: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'array'], items: { type: 'string' } } },
      sources: sourcesSchema,
      owners: { type: 'object', additionalProperties: false, properties: { tags: conventionsSchema, from: evidenceSchema } },
      waivers: paths,
      longestWaiver: { type: 'string', pattern: durationPattern, title: 'a duration', examples: ['90d'] },
      gate: {
        type: 'object',
        additionalProperties: false,
        properties: { failOn: floor, failOnUnknown: floor, requireCoverage: { enum: ['full', 'declared', 'none'] } },
      },
    },
  };
}

/** A connector's own settings, and the surfaces to leave out, each with its reason. */
function settingsSchema({ settings, surfaces }: Connector): object {
  const own = settings as { readonly properties?: object };
  const skip = {
    type: 'object',
    description: 'Surface id -> why it is left out. It stays visible as skipped.',
    additionalProperties: false,
    properties: Object.fromEntries(surfaces.map(({ id }) => [id, { type: 'string', minLength: 1 }])),
  };
  return { ...settings, properties: { ...own.properties, skip } };
}
