import type { KeyMetadata } from '@aws-sdk/client-kms';
import { defineKind } from '../../src/model/kind.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html

const proves = 'Decrypts, signs or authenticates for whoever its key policy lets use it; the key itself never leaves KMS.';
const revocation = { seen: ['DescribeKey shows it Disabled or PendingDeletion', 'or no longer finds it'], tokensLive: null } as const;

/** A symmetric key that KMS made: the only sort with a schedule. */
export const kmsKeyKind = defineKind({
  id: 'aws.kms_key',
  title: 'KMS key',
  record: 'credential',
  proves,
  remedy: {
    rotate: 'aws kms enable-key-rotation --key-id {id} --region {scope.region}',
    disable: 'aws kms disable-key --key-id {id} --region {scope.region}',
    delete: 'aws kms schedule-key-deletion --key-id {id} --pending-window-in-days 30 --region {scope.region}',
  },
  traits: { expiry: 'never', rotation: 'in-place', proof: 'possession', revocation, takesWith: [], leavesBehind: [] },
});

export const kmsImportedKeyKind = defineKind({
  id: 'aws.kms_imported_key',
  title: 'KMS key with imported material',
  record: 'credential',
  proves,
  traits: { expiry: 'optional', rotation: 'in-place', proof: 'possession', revocation, takesWith: [], leavesBehind: [] },
});

/** Asymmetric and HMAC keys, and those of custom key stores. */
export const kmsFixedKeyKind = defineKind({
  id: 'aws.kms_fixed_key',
  title: 'KMS key that only a new key can replace',
  record: 'credential',
  proves,
  remedy: {
    disable: 'aws kms disable-key --key-id {id} --region {scope.region}',
    delete: 'aws kms schedule-key-deletion --key-id {id} --pending-window-in-days 30 --region {scope.region}',
  },
  traits: { expiry: 'never', rotation: 'replace', proof: 'possession', revocation, takesWith: [], leavesBehind: [] },
});

export function kindOf({ Origin, KeySpec }: Pick<KeyMetadata, 'Origin' | 'KeySpec'>) {
  if (Origin === 'EXTERNAL') return kmsImportedKeyKind;
  return Origin === 'AWS_KMS' && KeySpec === 'SYMMETRIC_DEFAULT' ? kmsKeyKind : kmsFixedKeyKind;
}
