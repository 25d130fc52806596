import { type Duration, durationPattern } from '../../src/model/duration.ts';
import { type Api, apis } from './api.ts';

/** `connectors.gcp` in `overdue.yaml`. */
export type Settings = {
  readonly projects?: readonly string[];
  readonly folders?: readonly string[];
  readonly organizations?: readonly string[];
  readonly assetInventory?: boolean;
  readonly confirmKeysAfter?: Duration;
  readonly denyPolicies?: boolean;
  readonly accessBoundaries?: boolean;
  readonly quotaProject?: string;
  readonly secretLocations?: readonly string[];
  readonly endpoints?: Readonly<Partial<Record<Api, string>>>;
};

const project = {
  type: 'string',
  title: 'the id or number of a project',
  examples: ['larkspur-analytics'],
  pattern: '^[a-z0-9][a-z0-9.:-]*[a-z0-9]$',
  maxLength: 100,
} as const;
const number = {
  type: 'string',
  title: 'a number as Google names it, in quotes',
  examples: ['"620145873001"'],
  pattern: '^[0-9]{1,25}$',
} as const;
const endpoint = { type: 'string', title: 'an address', examples: ['https://iam.example.com'], pattern: '^https?://[^\\s?#]+$' } as const;
const list = { type: 'array', minItems: 1, uniqueItems: true } as const;

export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    projects: {
      ...list,
      items: project,
      description: 'Project ids or numbers to read. Default: the project of the login (GOOGLE_CLOUD_PROJECT).',
    },
    folders: { ...list, items: number, description: 'Folder numbers: every project in them, and in the folders inside them, is read.' },
    organizations: {
      ...list,
      items: number,
      description: 'Organisation numbers: their workforce pools and every project in them are read.',
    },
    assetInventory: {
      type: 'boolean',
      description:
        'Let Cloud Asset Inventory tell of the service accounts, keys and roles in `organizations` and `folders`, so that each project and service account is asked itself only where a finding could stand on the answer. It follows changes with a delay: what was just made may be missing. The coverage says where it told, and as of when. False: everything is asked directly. Default: true, where the login may read it.',
    },
    confirmKeysAfter: {
      type: 'string',
      title: 'a duration',
      examples: ['60d', '2w'],
      pattern: durationPattern,
      description:
        'Age of a service account key from which on Cloud Asset Inventory is not taken at its word: no longer than the shortest limit of your policies. Default: 60d.',
    },
    denyPolicies: {
      type: 'boolean',
      description:
        'Read the deny policies of what is read and of what that is in, list whom they except, and count what they take from roles on service accounts. Google answers 5 such requests a minute: one for each project, folder and organisation, and one for each policy. Default: false.',
    },
    accessBoundaries: {
      type: 'boolean',
      description:
        'Read the principal access boundaries of `organizations` and whom they bind. Google answers 5 such requests a minute: one for the list, and one for each boundary. Default: false.',
    },
    quotaProject: {
      ...project,
      description: 'Project whose quota and enabled APIs serve the requests. Default: the one of the login.',
    },
    secretLocations: {
      ...list,
      items: { type: 'string', title: 'a location', examples: ['europe-west1'], pattern: '^[a-z]+-[a-z]+[0-9]+$' },
      description: 'Locations whose regional secrets are read, such as europe-west1: each has an address of its own. Default: none.',
    },
    endpoints: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(Object.keys(apis).map((api) => [api, endpoint])) as Readonly<Record<Api, typeof endpoint>>,
      description: 'Addresses of the APIs, for private endpoints and test servers.',
    },
  },
} as const;
