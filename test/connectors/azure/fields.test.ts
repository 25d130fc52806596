import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directoryTags } from '../../../connectors/azure/directory-tags.ts';
import { expiryOf } from '../../../connectors/azure/expiry.ts';
import { textTime, textTimeOrAbsent } from '../../../connectors/azure/text-time.ts';
import { originOf } from '../../../connectors/azure/principal-origin.ts';
import { collapseSaml } from '../../../connectors/azure/saml.ts';
import { thumbprintOf } from '../../../connectors/azure/thumbprint.ts';
import { tenant } from './rig.ts';

describe('endDateTime', () => {
  test.each([
    [null, { state: 'absent' }],
    [undefined, { state: 'absent' }],
    ['2299-12-30T23:00:00Z', { state: 'absent' }],
    ['2200-01-01T00:00:00Z', { state: 'absent' }],
    ['2199-12-31T23:59:59Z', { state: 'known', value: '2199-12-31T23:59:59Z' }],
    ['2027-09-17T09:12:00.1234567Z', { state: 'known', value: '2027-09-17T09:12:00.123Z' }],
    ['2021-03-18T00:00:00-8:00', { state: 'unknown', why: 'malformed-response' }],
    ['never', { state: 'unknown', why: 'malformed-response' }],
    ['', { state: 'unknown', why: 'malformed-response' }],
    [4102444800, { state: 'unknown', why: 'malformed-response' }],
  ])('%j', (value, expected) => {
    expect(expiryOf(value)).toMatchObject(expected);
  });

  test('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(['known', 'absent', 'unknown']).toContain(expiryOf(value).state);
        expect(['known', 'unknown']).toContain(textTime(value).state);
      }),
    );
  });
});

describe('a timestamp', () => {
  test.each([
    ['2026-11-20T22:41:07Z', 'known', 'known'],
    ['0001-01-01T00:00:00Z', 'unknown', 'absent'],
    ['0001-01-01T00:00:00', 'unknown', 'absent'],
    [null, 'unknown', 'absent'],
    ['', 'unknown', 'absent'],
    ['soon', 'unknown', 'unknown'],
    [1e300, 'unknown', 'unknown'],
  ])('%j is %s where it is always sent, and else %s', (value, always, sometimes) => {
    expect([textTime(value).state, textTimeOrAbsent(value).state]).toEqual([always, sometimes]);
  });
});

describe('customKeyIdentifier', () => {
  const hex = '52ED9B5038A47B9E2E2190715CC238359D4F8F73';
  test.each([
    ['hex, as in the official samples', hex, { state: 'known', value: hex }],
    ['lower-case hex', hex.toLowerCase(), { state: 'known', value: hex }],
    ['base64', Buffer.from(hex, 'hex').toString('base64'), { state: 'known', value: hex }],
    ['base64 of SHA-256', Buffer.alloc(32, 7).toString('base64'), { state: 'known', value: '07'.repeat(32) }],
    ['words of its own', Buffer.from('my certificate').toString('base64'), { state: 'unknown', why: 'not-offered' }],
    ['nothing', null, { state: 'unknown', why: 'not-offered' }],
    ['a number', 12, { state: 'unknown', why: 'not-offered' }],
  ])('is %s', (_name, value, expected) => {
    expect(thumbprintOf(value)).toMatchObject(expected);
  });
});

describe('keys and passwords of a service principal', () => {
  const sign = { keyId: 'a', usage: 'Sign', customKeyIdentifier: 'T' };
  const verify = { keyId: 'b', usage: 'Verify', customKeyIdentifier: 'T' };
  const password = { keyId: 'a', customKeyIdentifier: 'T' };
  const ids = ({ certificates, secrets }: ReturnType<typeof collapseSaml>) => [
    certificates.map(({ keyId }) => keyId),
    secrets.map(({ keyId }) => keyId),
  ];

  test.each([
    ['three of one SAML certificate are one', [sign, verify], [password], [['a'], []]],
    ['a password that shares only the key id belongs too', [sign, verify], [{ keyId: 'a', customKeyIdentifier: null }], [['a'], []]],
    ['a verifying key alone is a certificate', [verify], [], [['b'], []]],
    ['a secret of another kind stays', [sign, verify], [{ keyId: 's', customKeyIdentifier: null }], [['a'], ['s']]],
    [
      'two without identifiers stay two',
      [
        { keyId: 'x', usage: 'Verify', customKeyIdentifier: null },
        { keyId: 'y', usage: 'Sign', customKeyIdentifier: null },
      ],
      [],
      [['x', 'y'], []],
    ],
  ])('%s', (_name, keys, passwords, expected) => {
    expect(ids(collapseSaml(keys, passwords))).toEqual(expected);
  });
});

describe('tags of a directory object', () => {
  test.each([
    [['workload:reporting'], { workload: 'reporting' }],
    [['url:https://larkspur.example'], { url: 'https://larkspur.example' }],
    [['HideApp', ' owner : lee '], { HideApp: '', owner: 'lee' }],
    [[7, null, ':nothing'], {}],
    [null, {}],
    ['workload:reporting', {}],
  ])('%j', (tags, expected) => {
    expect(directoryTags({ tags })).toEqual(expected);
  });

  test('hold its id in the register of workloads', () => {
    expect(directoryTags({ tags: ['a:b'], serviceManagementReference: 'CMDB-1042' })).toEqual({
      a: 'b',
      serviceManagementReference: 'CMDB-1042',
    });
    expect(directoryTags({ tags: [], serviceManagementReference: null })).toEqual({});
  });

  test('cannot reach a prototype', () => {
    expect(Object.keys(directoryTags({ tags: ['__proto__:x'] }))).toEqual(['__proto__']);
  });
});

describe('the origin of a service principal', () => {
  test.each([
    [{ appOwnerOrganizationId: tenant.toUpperCase() }, 'own'],
    [{ appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a' }, 'microsoft'],
    [{ appOwnerOrganizationId: '72f988bf-86f1-41af-91ab-2d7cd011db47' }, 'microsoft'],
    [{ appOwnerOrganizationId: 'EA8A4392-515E-481F-879E-6571FF2A8A36' }, 'microsoft'],
    [{ appOwnerOrganizationId: 'b0a1c2d3-1111-4222-8333-444455556666' }, 'vendor'],
    [{ appOwnerOrganizationId: null, servicePrincipalType: 'ManagedIdentity' }, 'managed-identity'],
    [{ appOwnerOrganizationId: null, servicePrincipalType: 'Legacy' }, 'legacy'],
    [{ appOwnerOrganizationId: null, servicePrincipalType: 'Application' }, 'unknown'],
  ])('%j is %s', (principal, expected) => {
    expect(originOf(principal, { tenant, microsoftTenants: new Set(['ea8a4392-515e-481f-879e-6571ff2a8a36']) })).toBe(expected);
  });
});
