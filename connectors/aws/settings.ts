import { type Duration, durationPattern } from '../../src/model/duration.ts';

/** `eu-west-1`, `us-gov-west-1`, `us-isob-east-1` … */
export const regionPattern = '^[a-z]{2,5}(?:-[a-z]+){1,3}-\\d{1,2}$';

const accountId = { type: 'string', pattern: '^\\d{12}$' } as const;

const assuming = {
  externalId: {
    description: 'External id that the trust policy of the role asks for.',
    type: 'string',
    minLength: 2,
    maxLength: 1224,
  },
  sessionName: {
    description: 'Name of the session in CloudTrail. Default: overdue.',
    type: 'string',
    pattern: '^[\\w+=,.@-]{2,64}$',
  },
} as const;

const selection = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    ids: { description: 'Twelve digits, quoted.', type: 'array', minItems: 1, items: accountId },
    names: {
      description: 'Names of accounts, with `*` and `?`; case does not count.',
      type: 'array',
      minItems: 1,
      items: { type: 'string', minLength: 1 },
    },
    ous: {
      description: 'Organisational units or the root, by id: all accounts in and below them.',
      type: 'array',
      minItems: 1,
      items: { type: 'string', pattern: '^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$' },
    },
    tags: {
      description: 'Tags that an account has, all of them; values with `*` and `?`.',
      type: 'object',
      minProperties: 1,
      additionalProperties: { type: 'string' },
    },
  },
} as const;

export const settings = {
  type: 'object',
  additionalProperties: false,
  properties: {
    accounts: {
      description: 'Accounts to look at. Default: the account of the login.',
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id'],
        additionalProperties: false,
        properties: {
          id: { description: 'Twelve digits, quoted.', ...accountId },
          role: {
            description: 'Role to assume there, as an ARN or a name with its path. Left out only for the account of the login.',
            type: 'string',
            pattern: '^[\\w+=,.@:/-]{1,600}$',
          },
          ...assuming,
        },
      },
    },
    organization: {
      description: 'All active accounts of the organisation, which its management account or a delegated administrator may list.',
      type: 'object',
      required: ['role'],
      additionalProperties: false,
      properties: {
        role: {
          description: 'Name, with its path, of the role to assume in each account but that of the login.',
          type: 'string',
          pattern: '^[\\w+=,.@/-]{1,576}$',
        },
        ...assuming,
        include: { description: 'Only accounts that any of these name.', ...selection },
        exclude: { description: 'No accounts that any of these name, included or not.', ...selection },
        assumeRoot: {
          description:
            'Also reads the keys of the root users of member accounts, by sts:AssumeRoot with the task policy IAMAuditRootUserCredentials. Root access must be managed centrally. Default: false.',
          type: 'boolean',
        },
      },
    },
    regions: {
      description:
        'Regions whose regional services are looked at, or `all` that an account has switched on. Default: the region of the login.',
      title: '`all` or a list of regions',
      anyOf: [{ enum: ['all'] }, { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', pattern: regionPattern } }],
    },
    maxReportAge: {
      description:
        'Where the credential report is older than this, the last use of each access key is asked for again, a call a key. Default: the report is taken as it is, up to four hours old, and its age is shown.',
      type: 'string',
      title: 'a duration',
      pattern: durationPattern,
      examples: ['1h', '30m'],
    },
    profile: { description: 'Profile of the shared configuration files. Default: AWS_PROFILE.', type: 'string', minLength: 1 },
    endpoint: { description: 'One address for every service, as of an emulator.', type: 'string', pattern: '^https?://' },
  },
} as const;

export type Settings = {
  readonly accounts?: readonly AccountSettings[];
  readonly organization?: OrganizationSettings;
  readonly regions?: 'all' | readonly string[];
  readonly maxReportAge?: Duration;
  readonly profile?: string;
  readonly endpoint?: string;
};
type Assuming = { readonly externalId?: string; readonly sessionName?: string };
export type AccountSettings = { readonly id: string; readonly role?: string } & Assuming;
export type OrganizationSettings = {
  readonly role: string;
  readonly include?: Selection;
  readonly exclude?: Selection;
  readonly assumeRoot?: boolean;
} & Assuming;
export type Selection = {
  readonly ids?: readonly string[];
  readonly names?: readonly string[];
  readonly ous?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
};
