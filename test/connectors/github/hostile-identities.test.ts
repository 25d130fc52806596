import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CredentialSchema } from '../../../src/model/credential.ts';
import { GrantSchema } from '../../../src/model/grant.ts';
import { IdentitySchema } from '../../../src/model/identity.ts';
import { type Answers, runSurface } from './answers.ts';
import { graphql, linked, members, priya, saml } from './identity-answers.ts';
import { patGrant } from './raw.ts';
import * as raw from './raw-identities.ts';

const ajv = new Ajv({ allowUnionTypes: true });
formats.default(ajv);
const isRecord = ajv.compile({ anyOf: [CredentialSchema, IdentitySchema, GrantSchema] });

/** A documented value of which any parts hold any JSON. */
function spoiled(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return fc.oneof({ weight: 9, arbitrary: fc.tuple(...value.map(spoiled)) }, fc.jsonValue());
  if (typeof value !== 'object' || value === null) return fc.oneof({ weight: 19, arbitrary: fc.constant(value) }, fc.jsonValue());
  const fields = fc.record(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoiled(each)])));
  return fc.oneof({ weight: 29, arbitrary: fields }, fc.jsonValue());
}

const org = 'GET /orgs/larkspur-foods';
const server = { server: { baseUrl: 'https://github.larkspur.example/api/v3' } };
const account = { account: 'mira-h' };
const me = { 'GET /user': { login: 'mira-h', id: 70110005 } };
const env = { GITHUB_TOKEN: 'placeholder', GH_ENTERPRISE_TOKEN: 'placeholder' };
const Members = members([priya]).body;
const Saml = saml([linked('priya-larkspur', 70110002, 'priya.nair@larkspur.example')]).body;
const unused = { ...raw.authorization, login: 'priya-larkspur', credential_accessed_at: null };

type Case = readonly [surface: string, bodies: Readonly<Record<string, unknown>>, settings?: Parameters<typeof runSurface>[2]];
const cases: readonly Case[] = [
  ['github.member', { Members, SamlIdentities: Saml }],
  ['github.outside_collaborator', { [`${org}/outside_collaborators`]: [raw.user] }],
  [
    'github.app_installation',
    {
      [`${org}/installations`]: { total_count: 1, installations: [raw.installation] },
      'GET /apps/renovate': raw.app,
      [`${org}/insights/api/subject-stats`]: [raw.subjectStat],
    },
  ],
  [
    'github.workflow',
    { [`${org}/actions/oidc/customization/sub`]: raw.subjectClaims, [`${org}/actions/permissions/workflow`]: raw.tokenPermissions },
  ],
  ['github.fine_grained_token', { [`${org}/personal-access-tokens`]: [patGrant] }],
  ['github.fine_grained_token_request', { [`${org}/personal-access-token-requests`]: [raw.patRequest] }],
  [
    'github.credential_authorization',
    {
      Members,
      [`${org}/credential-authorizations`]: [raw.authorization, unused],
      [`${org}/insights/api/user-stats/70110002`]: [raw.userStat],
    },
  ],
  ['github.member_gpg_key', { Members, 'GET /users/priya-larkspur/gpg_keys': [raw.gpgKey] }],
  ['github.member_signing_key', { Members, 'GET /users/priya-larkspur/ssh_signing_keys': [raw.signingKey] }],
  ['github.leaked_secret', { [`${org}/secret-scanning/alerts`]: [raw.leakedSecret] }],
  ['github.account_ssh_key', { ...me, 'GET /user/keys': [raw.accountKey] }, account],
  ['github.server_user', { 'GET /api/v3/users': [raw.user] }, server],
  ['github.server_token', { 'GET /api/v3/admin/tokens': [raw.serverToken] }, server],
  ['github.server_key', { 'GET /api/v3/admin/keys': [raw.serverKey], 'GET /api/v3/users': [raw.user] }, server],
];

function answersOf(bodies: Readonly<Record<string, unknown>>): Answers {
  const told = Object.entries(bodies).map(([name, body]) => [name, { body }] as const);
  return {
    ...graphql(Object.fromEntries(told.filter(([name]) => !name.includes(' ')))),
    ...Object.fromEntries(told.filter(([name]) => name.includes(' '))),
  };
}

test.each(cases.map(([surface, bodies, settings]) => ({ surface, bodies, settings })))(
  '$surface makes valid records of whatever comes, or says that it cannot',
  async ({ surface, bodies, settings }) => {
    const answers = fc.record(Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, spoiled(body)])));
    const property = fc.asyncProperty(answers, async (told) => {
      const { records, coverage } = await runSurface(surface, answersOf(told), settings, env);
      for (const record of records) expect(isRecord(record) ? undefined : isRecord.errors).toBeUndefined();
      expect(coverage.length).toBeGreaterThan(0);
    });
    await fc.assert(property, { numRuns: 150 });
  },
);
