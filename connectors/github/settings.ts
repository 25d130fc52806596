import type { Connector } from '../../src/connector/contract.ts';

/** `connectors.github` in `overdue.yaml`. */
export const settingsSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  properties: {
    organizations: {
      type: 'array',
      minItems: 1,
      items: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$' },
      description: 'Organizations to look at, by login.',
    },
    enterprise: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$',
      description: 'Enterprise by slug: all its organizations are looked at.',
    },
    account: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$',
      description: 'A personal account or machine user by login, seen with its own token (GITHUB_TOKEN): its keys.',
    },
    server: {
      type: 'object',
      additionalProperties: false,
      required: ['baseUrl'],
      description: 'A GitHub Enterprise Server whose tokens and keys a site administrator lists. GH_ENTERPRISE_TOKEN is the login.',
      properties: { baseUrl: { type: 'string', pattern: '^https://', description: 'Its REST API: https://HOST/api/v3.' } },
    },
    baseUrl: {
      type: 'string',
      pattern: '^https://',
      description: 'The REST API, when it is not https://api.github.com: https://HOST/api/v3, or https://api.SUBDOMAIN.ghe.com.',
    },
    codeowners: {
      type: 'boolean',
      description:
        'Take the owners of what a repository holds from its CODEOWNERS as well. Costs no request; the login then needs contents:read, which lets it read all code.',
    },
    repositoryCodespacesSecrets: {
      type: 'boolean',
      description:
        'Also list the Codespaces secrets of each repository. GitHub shows them only to a login that may write them, so they are left out by default.',
    },
    app: {
      type: 'object',
      additionalProperties: false,
      required: ['id'],
      description: 'The GitHub App to log in as. GITHUB_APP_ID names it as well.',
      properties: {
        id: { type: 'string', minLength: 1, description: 'Its app id or client id.' },
        privateKeyFile: {
          type: 'string',
          minLength: 1,
          description: 'Its private key, a PEM file. GITHUB_APP_PRIVATE_KEY holds the key itself.',
        },
        installationId: { type: 'integer', minimum: 1, description: 'Looked up where it is left out.' },
      },
    },
  },
} as const;

export type Settings = {
  readonly organizations?: readonly string[];
  readonly enterprise?: string;
  readonly account?: string;
  readonly server?: { readonly baseUrl: string };
  readonly baseUrl?: string;
  readonly codeowners?: boolean;
  readonly repositoryCodespacesSecrets?: boolean;
  readonly app?: { readonly id: string; readonly privateKeyFile?: string; readonly installationId?: number };
};

export const environment: Connector['environment'] = [
  { name: 'GITHUB_APP_ID', meaning: 'GitHub App to log in as, by app id or client id: the login that sees most' },
  { name: 'GITHUB_APP_PRIVATE_KEY', meaning: 'private key of the App, PEM; line breaks may be written as \\n' },
  { name: 'GITHUB_APP_PRIVATE_KEY_FILE', meaning: 'file that holds the private key of the App' },
  { name: 'GITHUB_TOKEN', meaning: 'token to log in with where no App is named; it sees what its owner sees, and no fine-grained tokens' },
  { name: 'GH_TOKEN', meaning: 'the same, read where GITHUB_TOKEN is not set' },
  {
    name: 'GH_ENTERPRISE_TOKEN',
    meaning: 'classic token of a site administrator, with the scope site_admin, for connectors.github.server',
  },
  { name: 'GITHUB_ENTERPRISE_TOKEN', meaning: 'the same, read where GH_ENTERPRISE_TOKEN is not set' },
];
