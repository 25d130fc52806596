import { text } from '../../model/schema.ts';

/** What of a requirement this tool can test at all, whichever policies are in force. */
export const reaches = ['full', 'part', 'none'] as const;
export type Reach = (typeof reaches)[number];

const globs = { type: 'array', minItems: 1, uniqueItems: true, items: text } as const;
const date = { type: 'string', format: 'date' } as const;

const requirement = {
  type: 'object',
  required: ['id', 'title', 'tested'],
  additionalProperties: false,
  properties: {
    id: { ...text, description: 'As the framework writes it; quoted where YAML would read a number.' },
    title: text,
    tested: { enum: reaches, description: 'What policies can test of it: in full, in part, or nothing.' },
    because: { ...text, description: 'What is not tested, and why. Left out only where it is tested in full.' },
    kinds: { ...globs, description: 'Kinds that it is about, where those are fewer than the framework says.' },
  },
  if: { properties: { tested: { const: 'full' } } },
  else: { required: ['because'] },
} as const;

/** The published schema of a framework file (draft-07). */
export const FrameworkSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'overdue framework',
  type: 'object',
  required: ['apiVersion', 'kind', 'id', 'title', 'version', 'source', 'verified', 'extent', 'requirements'],
  additionalProperties: false,
  properties: {
    apiVersion: { enum: ['overdue/v1'] },
    kind: { const: 'Framework' },
    id: { type: 'string', title: 'an id of lower-case words', pattern: '^[a-z0-9]+(?:[-.][a-z0-9]+)*$', examples: ['acme-controls-3'] },
    title: text,
    version: text,
    source: { type: 'string', format: 'uri', description: 'Where its owner publishes it.' },
    verified: { ...date, description: 'When ids and titles were last compared with the source, or with two independent copies of it.' },
    titles: { enum: ['original', 'ours'], description: '`ours` where the framework has none, or none that may be repeated.' },
    extent: { ...text, description: 'Which part of the framework is listed here.' },
    kinds: { ...globs, description: 'Kinds that it is about; a finding on any other does not cite it.' },
    requirements: { type: 'array', minItems: 1, items: requirement },
  },
} as const;
