import { expect, test } from 'vitest';
import { result } from './client.ts';
import { company, credentialsOf, reportWith } from './company.ts';

const surface = 'aws.iam_mfa_device';

test('MFA devices are the virtual ones of all, and the others of users who have a second factor and no virtual one', async () => {
  const outcome = await company([surface]);
  expect(outcome.calls.filter((call) => call.startsWith('ListMFADevices'))).toEqual(['ListMFADevices lee.sandoval']);
  expect(credentialsOf(outcome, surface)).toMatchObject([
    { name: 'root-account-mfa-device', identity: 'arn:aws:iam::111122223333:root', status: 'active', details: { type: 'virtual' } },
    { name: 'mira-new-phone', identity: null, status: 'inactive', tags: { owner: 'mira.haddad@larkspur.example' } },
    {
      identity: 'arn:aws:iam::111122223333:user/lee.sandoval',
      createdAt: '2022-09-05T08:10:00Z',
      details: { type: 'hardware or passkey' },
    },
  ]);
});

test('users without a row in the report are asked', async () => {
  const answer = await reportWith('user/old-probe,2023-12-01T13:59:30Z', 'user/old-probe,2020-02-02T02:02:02Z');
  const none = result('ListMFADevices', '<MFADevices/><IsTruncated>false</IsTruncated>');
  const outcome = await company([surface], ({ action, form }) =>
    action === 'GetCredentialReport' ? answer : form.get('UserName') === 'old-probe' ? none : undefined,
  );
  expect(outcome.calls).toContain('ListMFADevices old-probe');
});

test('the seed of a device goes nowhere', async () => {
  const device =
    '<member><SerialNumber>arn:aws:iam::111122223333:mfa/x</SerialNumber><Base32StringSeed>SlVTVEFTRUVE</Base32StringSeed><QRCodePNG>SlVTVEFDT0RF</QRCodePNG></member>';
  const answer = result('ListVirtualMFADevices', `<IsTruncated>false</IsTruncated><VirtualMFADevices>${device}</VirtualMFADevices>`);
  const { records } = await company([surface], ({ action }) => (action === 'ListVirtualMFADevices' ? answer : undefined));
  expect(JSON.stringify(records)).toContain('mfa/x');
  expect(JSON.stringify(records)).not.toMatch(/SlVTVEF|JUSTA/);
});
