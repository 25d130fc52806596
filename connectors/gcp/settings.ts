/** `connectors.gcp` in `overdue.yaml`. */
export type Settings = {
  readonly projects?: readonly string[];
  readonly quotaProject?: string;
  readonly endpoints?: {
    readonly iam?: string;
    readonly policyanalyzer?: string;
  };
};

const project = {
  type: 'string',
  pattern: '^[a-z0-9][a-z0-9.:-]*[a-z0-9]$',
  maxLength: 100,
} as const;
const endpoint = { type: 'string', pattern: '^https?://[^\\s?#]+$' } as const;

export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    projects: {
      type: 'array',
      items: project,
      minItems: 1,
      uniqueItems: true,
      description: 'Project ids or numbers to read. Default: the project of the login (GOOGLE_CLOUD_PROJECT).',
    },
    quotaProject: {
      ...project,
      description: 'Project whose quota and enabled APIs serve the requests. Default: the one of the login.',
    },
    endpoints: {
      type: 'object',
      additionalProperties: false,
      properties: { iam: endpoint, policyanalyzer: endpoint },
      description: 'Addresses of the APIs, for private endpoints and test servers.',
    },
  },
} as const;
