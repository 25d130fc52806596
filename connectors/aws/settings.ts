/** `eu-west-1`, `us-gov-west-1`, `us-isob-east-1` … */
export const regionPattern = '^[a-z]{2,5}(?:-[a-z]+){1,3}-\\d{1,2}$';

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
          id: { description: 'Twelve digits, quoted.', type: 'string', pattern: '^\\d{12}$' },
          role: {
            description: 'Role to assume there, as an ARN or a name with its path. Left out only for the account of the login.',
            type: 'string',
            pattern: '^[\\w+=,.@:/-]{1,600}$',
          },
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
        },
      },
    },
    regions: {
      description: 'Regions whose regional services are looked at. Default: the region of the login.',
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: regionPattern },
    },
    profile: { description: 'Profile of the shared configuration files. Default: AWS_PROFILE.', type: 'string', minLength: 1 },
    endpoint: { description: 'One address for every service, as of an emulator.', type: 'string', pattern: '^https?://' },
  },
} as const;

export type Settings = {
  readonly accounts?: readonly AccountSettings[];
  readonly regions?: readonly string[];
  readonly profile?: string;
  readonly endpoint?: string;
};
export type AccountSettings = { readonly id: string; readonly role?: string; readonly externalId?: string; readonly sessionName?: string };
