import { describe, expect, test } from 'vitest';
import { epoch } from '../../../src/model/instant.ts';
import { readPeople } from '../../../src/sources/people/index.ts';
import { openRoster } from '../../../src/sources/roster.ts';
import type { PeopleFormatId } from '../../../src/sources/settings.ts';
import { readWorkloads } from '../../../src/sources/workloads/index.ts';
import { mistakesOf } from '../mistakes.ts';

const read = (format: PeopleFormatId, users: readonly object[]) =>
  readPeople([{ file: 'users.json', text: JSON.stringify(users) }], { format, complete: true }, epoch('2026-11-21T00:00:00Z'));
const only = (format: PeopleFormatId, user: object) => read(format, [user]).entries[0];

describe('what a directory says of an account', () => {
  test.each<[PeopleFormatId, object, string]>([
    ['scim', { active: true }, 'active'],
    ['scim', { active: false }, 'suspended'],
    ['scim', { active: 'False' }, 'suspended'],
    ['scim', { active: null }, 'unknown'],
    ['scim', {}, 'unknown'],
    ['entra', { accountEnabled: true }, 'active'],
    ['entra', { accountEnabled: false }, 'suspended'],
    ['entra', { accountEnabled: null }, 'unknown'],
    ['entra', { accountEnabled: true, employeeLeaveDateTime: '2026-11-20T17:00:00Z' }, 'terminated'],
    ['entra', { accountEnabled: true, employeeLeaveDateTime: '2026-11-21T00:00:00Z' }, 'active'],
    ['entra', { accountEnabled: false, employeeLeaveDateTime: '2027-01-31T00:00:00Z' }, 'suspended'],
    ['okta', { status: 'ACTIVE', profile: {} }, 'active'],
    ['okta', { status: 'LOCKED_OUT', profile: {} }, 'active'],
    ['okta', { status: 'PASSWORD_EXPIRED', profile: {} }, 'active'],
    ['okta', { status: 'RECOVERY', profile: {} }, 'active'],
    ['okta', { status: 'STAGED', profile: {} }, 'pending'],
    ['okta', { status: 'PROVISIONED', profile: {} }, 'pending'],
    ['okta', { status: 'SUSPENDED', profile: {} }, 'suspended'],
    ['okta', { status: 'DEPROVISIONED', profile: {} }, 'terminated'],
  ])('%s %j is %s', (format, account, status) => {
    expect(only(format, { id: 'u1', ...account })?.status).toBe(status);
  });
});

describe('the address of a SCIM user', () => {
  const [home, work, other] = [
    { value: 'h@home.example', type: 'home' },
    { value: 'w@larkspur.example', type: 'work' },
    { value: 'o@larkspur.example', type: 'work' },
  ];
  test.each([
    ['the primary one', [home, { ...work, primary: true }, other], 'w@larkspur.example'],
    ['the primary one, also where it is private', [{ ...home, primary: true }, work], 'h@home.example'],
    ['the only one', [home], 'h@home.example'],
    ['the only one for work', [home, work], 'w@larkspur.example'],
    ['none where two could be meant', [work, other], undefined],
    ['none where there is none', [], undefined],
  ])('is %s', (_, emails, expected) => {
    const person = only('scim', { id: 'u1', emails });
    expect(person?.email).toBe(expected);
    expect(person?.aliases).toEqual(emails.map(({ value }) => value));
  });
});

describe('a name that two accounts share', () => {
  const users = [
    { id: 'u1', accountEnabled: true, mail: 'a@larkspur.example', employeeId: 'E1' },
    { id: 'u2', accountEnabled: true, mail: 'a.admin@larkspur.example', employeeId: 'e1' },
  ];

  test('leads to neither of them, and every other name still does', () => {
    const people = read('entra', users);
    expect(people.ambiguous).toEqual(['e1']);
    const roster = openRoster(people);
    expect([roster.find('E1'), roster.isShared('E1')]).toEqual([undefined, true]);
    expect([roster.find('a.admin@larkspur.example')?.id, roster.isShared('u1')]).toEqual(['u2', false]);
  });

  test('is a mistake where it is the id', () => {
    expect(mistakesOf(() => read('entra', [users[0] ?? {}, { ...users[1], id: 'U1' }]))).toContain(
      'id `U1` already belongs to the person at users.json:1:2',
    );
  });
});

test('a guest is nobody under the name that the tenant made for him', () => {
  const guest = {
    id: 'g1',
    accountEnabled: true,
    mail: null,
    userPrincipalName: 'i.varga_paywell.example#EXT#@larkspurfoods.onmicrosoft.com',
    userType: 'Guest',
  };
  expect(only('entra', guest)).not.toHaveProperty('email');
});

test('Okta may be saved as a table, whose headers its tools choose', () => {
  const text = 'user.id,user.login,user.email,user.status\n00u1,p@larkspur.example,p.n@larkspur.example,SUSPENDED\n';
  const { entries } = readPeople([{ file: 'okta.csv', text }], { format: 'okta' }, 0);
  expect(entries).toEqual([
    { source: 'okta.csv:2', id: '00u1', status: 'suspended', email: 'p.n@larkspur.example', aliases: ['p@larkspur.example'] },
  ]);
  const own = text.replace('user.status', 'State');
  expect(readPeople([{ file: 'okta.csv', text: own }], { format: 'okta', columns: { status: 'State' } }, 0).entries[0]?.status).toBe(
    'suspended',
  );
});

test('columns are not taken where there are none', () => {
  const users = [{ file: 'users.json', text: '[]' }];
  expect(mistakesOf(() => readPeople(users, { format: 'scim', columns: { id: 'externalId' } }, 0))).toContain('columns maps none');
  expect(mistakesOf(() => readWorkloads(users, { format: 'yaml', columns: { name: 'Name' } }, 0))).toContain('no columns to map');
});
