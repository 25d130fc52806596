import { defineKind } from '../../src/model/kind.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html

export const rootUserKind = defineKind({
  id: 'aws.iam_root_user',
  title: 'Root user of an AWS account',
  record: 'identity',
  proves: 'Does everything in its AWS account, beside every policy of the account, and closes it.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['the account is closed, or GetAccountSummary shows no credential of its root user'], tokensLive: '36h' },
    takesWith: ['aws.iam_root_password', 'aws.iam_root_access_key', 'aws.iam_root_signing_certificate'],
    leavesBehind: [],
  },
});

export const rootPasswordKind = defineKind({
  id: 'aws.iam_root_password',
  title: 'Password of the root user',
  record: 'credential',
  proves: 'Signs in to the console as the root user, together with its MFA device where there is one.',
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['GetAccountSummary shows no password of the root user'], tokensLive: '12h' },
    takesWith: [],
    leavesBehind: [],
  },
});

export const rootAccessKeyKind = defineKind({
  id: 'aws.iam_root_access_key',
  title: 'Access key of the root user',
  record: 'credential',
  proves: 'Does everything in the account from anywhere, until it is deactivated or deleted.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['GetAccountSummary shows no access key of the root user'], tokensLive: '36h' },
    takesWith: [],
    leavesBehind: [],
  },
});

export const rootCertificateKind = defineKind({
  id: 'aws.iam_root_signing_certificate',
  title: 'Signing certificate of the root user',
  record: 'credential',
  proves: 'Signs requests of the old SOAP interfaces as the root user.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['GetAccountSummary shows no signing certificate of the root user'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});
