import { describe, expect, test } from 'vitest';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { denied, forbidden, graphql, linked, look, memberNamed, members, noSaml, priya, saml } from './identity-answers.ts';
import { runSurface } from './answers.ts';

const surface = 'github.member';
const mail = 'priya.nair@larkspur.example';

async function only(queries: Parameters<typeof look>[2] = {}) {
  const { records, coverage } = await look(surface, {}, queries);
  return { record: records[0], records, coverage };
}

describe('a member', () => {
  test('is known by number, with the role and the day the account was made', async () => {
    expect((await only()).record).toMatchObject({
      record: 'identity',
      kind: 'github.member',
      id: '70110002',
      name: 'priya-larkspur',
      privilege: 'admin',
      privileges: ['owner of larkspur-foods'],
      createdAt: '2014-09-02T07:21:44Z',
      details: { twoFactor: 'on' },
    });
  });

  test('who owns nothing reaches what nobody lists', async () => {
    const { record } = await only({ Members: members([memberNamed('tlind', 70110004)]) });
    expect(record).toMatchObject({ privileges: ['member of larkspur-foods'], unknown: { privilege: { why: 'not-offered' } }, details: {} });
  });

  test('is the person whose address the identity provider gave', async () => {
    const { record } = await only({ SamlIdentities: saml([linked('priya-larkspur', 70110002, mail)]) });
    expect(record?.owners).toEqual([{ role: 'technical', ref: mail, by: 'SAML identity of priya-larkspur' }]);
  });

  test.each([
    [
      'SAML address',
      {
        samlIdentity: {
          nameId: 'e002',
          emails: [
            { value: 'other@x.example', primary: false },
            { value: mail, primary: true },
          ],
        },
      },
    ],
    ['SAML name', { samlIdentity: { nameId: mail, emails: [] } }],
    ['SCIM address', { samlIdentity: { nameId: 'e002', emails: null }, scimIdentity: { username: 'e002', emails: [{ value: mail }] } }],
    ['SCIM name', { samlIdentity: null, scimIdentity: { username: mail, emails: [] } }],
  ])('is found by the %s', async (_name, identity) => {
    const { record } = await only({ SamlIdentities: saml([{ user: { databaseId: 70110002, login: 'priya-larkspur' }, ...identity }]) });
    expect(record?.owners).toMatchObject([{ ref: mail }]);
  });

  test.each([
    ['nobody is linked', saml([])],
    ['a seat without an account', saml([{ user: null, samlIdentity: { nameId: mail, emails: [] } }])],
    ['no address in it', saml([{ user: { databaseId: 70110002, login: 'priya-larkspur' }, samlIdentity: { nameId: 'e002', emails: [] } }])],
    ['no single sign-on', noSaml],
  ])('is the holder of the login where there is %s', async (_name, SamlIdentities) => {
    const { record, coverage } = await only({ SamlIdentities });
    expect(record?.owners).toEqual([{ role: 'technical', ref: 'priya-larkspur', by: 'login of the account' }]);
    expect(coverage).toMatchObject([{ state: 'complete' }]);
  });

  test('who was renamed is the same identity and the same person', async () => {
    const before = await only({ SamlIdentities: saml([linked('priya-larkspur', 70110002, mail)]) });
    const after = await only({
      Members: members([{ ...priya, node: { databaseId: 70110002, login: 'priya-n', createdAt: '2014-09-02T07:21:44Z' } }]),
      // The identity provider's list may still have the old login.
      SamlIdentities: saml([linked('priya-larkspur', 70110002, mail)]),
    });
    expect(after.record?.id).toBe(before.record?.id);
    expect(after.record?.name).toBe('priya-n');
    expect(after.record?.owners).toEqual([{ role: 'technical', ref: mail, by: 'SAML identity of priya-n' }]);
  });
});

describe('a machine user', () => {
  test.each([
    ['larkspur-ci', noSaml, 'perhaps: its login reads like one'],
    ['build-bot-2', noSaml, 'perhaps: its login reads like one'],
    ['priya-larkspur', saml([linked('x', 1, 'x@larkspur.example')]), 'perhaps: it has no SAML identity, others have'],
    ['abbot', noSaml, undefined],
    ['cicero', noSaml, undefined],
  ])('is a guess, for display only: %s', async (login, SamlIdentities, guess) => {
    const { record } = await only({ Members: members([memberNamed(login, 7)]), SamlIdentities });
    expect(record?.details['machineUser']).toBe(guess);
    expect(record?.kind).toBe('github.member');
  });
});

describe('addresses that cannot be read', () => {
  test.each([
    ['refused', denied, 'permission-denied'],
    ['forbidden in GraphQL', forbidden, 'permission-denied'],
    [
      'left out for who may not administer',
      { body: { data: { holder: { viewerCanAdminister: false, samlIdentityProvider: null } } } },
      'permission-denied',
    ],
    ['not answered', { status: 502, body: { message: 'Bad Gateway' } }, 'unreachable'],
  ])('because they were %s are a gap, not an organization without single sign-on', async (_name, SamlIdentities, reason) => {
    const { record, coverage } = await only({ SamlIdentities });
    expect(record?.owners).toMatchObject([{ ref: 'priya-larkspur' }]);
    expect(coverage).toMatchObject([
      { scope: 'organization/larkspur-foods/SAML identities', reason },
      { state: 'partial', count: 1 },
    ]);
  });

  test('of an organization are asked of its enterprise, where the settings name one', async () => {
    const ofEnterprise = (request: WireRequest) => request.body?.includes('enterprise(slug') === true;
    const listed = saml([linked('priya-larkspur', 70110002, mail)]).body as { data: { holder: object } };
    const { records } = await look(
      surface,
      {},
      {
        EnterpriseOrganizations: {
          body: { data: { enterprise: { organizations: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } } },
        },
        SamlIdentities: (request) => (ofEnterprise(request) ? { body: { data: { enterprise: listed.data } } } : noSaml),
      },
      { organizations: ['larkspur-foods'], enterprise: 'larkspur' },
    );
    expect(records[0]?.owners).toMatchObject([{ ref: mail }]);
  });
});

describe('the list of members', () => {
  test.each([
    ['somebody from outside', members([priya], { isMember: false }), 'partial'],
    ['a workflow', members([priya], { viewer: 'github-actions[bot]', isMember: false }), 'partial'],
    ['the token of an App', members([priya], { viewer: 'overdue-audit[bot]', isMember: false }), 'complete'],
    ['a member', members([priya]), 'complete'],
  ])('that %s is shown is %3$s', async (_name, Members, state) => {
    const { coverage } = await only({ Members });
    expect(coverage).toMatchObject([{ state, count: 1 }]);
  });

  test('that is refused is not empty', async () => {
    const { coverage } = await only({ Members: denied });
    expect(coverage).toMatchObject([{ state: 'denied', reason: 'permission-denied', requires: ['members:read'] }]);
  });

  test('of several organizations gives everybody once, with the role in each', async () => {
    const inLabs = (request: WireRequest) => request.body?.includes('larkspur-labs') === true;
    const labs = members([{ ...priya, role: 'MEMBER' }, memberNamed('tlind', 70110004, 'ADMIN')]);
    const { records, coverage } = await runSurface(
      surface,
      {
        ...graphql({ Members: (request) => (inLabs(request) ? labs : members([priya])) }),
        'GET /orgs/larkspur-labs': { body: { login: 'larkspur-labs', id: 90125502 } },
      },
      { organizations: ['larkspur-foods', 'larkspur-labs'] },
    );
    expect(records).toMatchObject([
      { id: '70110002', scope: 'organization/larkspur-foods', privileges: ['owner of larkspur-foods', 'member of larkspur-labs'] },
      { id: '70110004', scope: 'organization/larkspur-labs', privilege: 'admin' },
    ]);
    expect(coverage).toMatchObject([{ state: 'complete' }, { state: 'complete' }]);
  });

  test('of one organization does not hang on the refusal of another', async () => {
    const { records, coverage } = await runSurface(
      surface,
      { ...graphql(), 'GET /orgs/larkspur-labs': { status: 404, body: { message: 'Not Found' } } },
      { organizations: ['larkspur-labs', 'larkspur-foods'] },
    );
    expect(records).toMatchObject([{ id: '70110002', scope: 'organization/larkspur-foods' }]);
    expect(coverage).toMatchObject([
      { scope: 'organization/larkspur-labs', state: 'denied' },
      { scope: 'organization/larkspur-foods', state: 'complete' },
    ]);
  });

  test('of another server has numbers of its own', async () => {
    const { records } = await look(
      surface,
      {
        'GET /api/v3/orgs/larkspur-foods': { body: { login: 'larkspur-foods', id: 1 } },
        'POST /api/graphql': (request) => {
          const told = graphql()['POST /graphql'];
          if (typeof told !== 'function') throw new Error('no GraphQL');
          return told(request);
        },
      },
      {},
      { organizations: ['larkspur-foods'], baseUrl: 'https://github.larkspur.example/api/v3' },
    );
    expect(records[0]?.id).toBe('github.larkspur.example/70110002');
  });
});
