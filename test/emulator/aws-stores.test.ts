import { randomUUID } from 'node:crypto';
import { ACM } from '@aws-sdk/client-acm';
import { ACMPCA } from '@aws-sdk/client-acm-pca';
import { KMS } from '@aws-sdk/client-kms';
import { SSM } from '@aws-sdk/client-ssm';
import { beforeAll, expect, test } from 'vitest';
import type { Credential } from '../../src/model/credential.ts';
import { emulator, nothingYet, read } from './rig.ts';

/** What an earlier run left in the emulator does no harm. */
const run = randomUUID().slice(0, 8);
const found = nothingYet();
const { records, coverage } = found;
const made = { rotating: '', signing: '', ending: '', certificate: '', authority: '' };
const surfaces = ['aws.kms_key', 'aws.acm_certificate', 'aws.acmpca_certificate_authority', 'aws.ssm_securestring'];
const tags = [{ Key: 'owner', Value: 'platform-team' }];

beforeAll(async () => {
  const config = emulator();
  await seedKeys(new KMS(config));
  await seedCertificates(new ACM(config), new ACMPCA(config));
  await new SSM(config).putParameter({ Name: `/${run}/token`, Type: 'SecureString', Value: 'correct horse', Tags: tags });
  await new SSM(config).putParameter({ Name: `/${run}/plain`, Type: 'String', Value: 'open' });
  await read(found, surfaces);
}, 60_000);

const named = (id: string): Credential | undefined =>
  records.find((each): each is Credential => each.record === 'credential' && each.id.endsWith(id));

test('looks everywhere', () => {
  expect(coverage.filter(({ state }) => state !== 'complete' && state !== 'not-enumerable')).toEqual([]);
});

test('finds customer keys by their sort, with their tags', () => {
  expect(named(made.rotating)).toMatchObject({
    kind: 'aws.kms_key',
    name: `alias/${run}`,
    status: 'active',
    tags: { owner: 'platform-team' },
  });
  expect(named(made.signing)).toMatchObject({ kind: 'aws.kms_fixed_key', status: 'active' });
  expect(named(made.ending)).toMatchObject({ kind: 'aws.kms_key', status: 'pending-deletion' });
});

// This emulator has no GetKeyLastUsage, and says no next rotation where one is on.
test('says of a key what it could not learn', () => {
  expect(named(made.rotating)).not.toHaveProperty('lastUsedAt');
  expect(named(made.rotating)?.unknown).toHaveProperty('lastUsedAt');
  expect(named(made.rotating)?.rotatedAt).toBeNull();
});

test('finds certificates and authorities', () => {
  expect(named(made.certificate)).toMatchObject({ name: `${run}.larkspur.example`, tags: { owner: 'platform-team' } });
  expect(named(made.authority)).toMatchObject({
    kind: 'aws.acmpca_certificate_authority',
    name: `Larkspur ${run}`,
    tags: { owner: 'platform-team' },
  });
});

test('finds secret parameters alone, and no value', () => {
  expect(records.filter(({ name }) => name.startsWith(`/${run}/`)).map(({ name, tags: told }) => [name, told['owner']])).toEqual([
    [`/${run}/token`, 'platform-team'],
  ]);
  expect(JSON.stringify(records)).not.toContain('correct horse');
});

async function seedKeys(kms: KMS): Promise<void> {
  const keyTags = tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
  const rotating = await kms.createKey({ Tags: keyTags });
  made.rotating = rotating.KeyMetadata?.KeyId ?? '';
  await kms.enableKeyRotation({ KeyId: made.rotating });
  await kms.createAlias({ AliasName: `alias/${run}`, TargetKeyId: made.rotating });
  made.signing = (await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })).KeyMetadata?.KeyId ?? '';
  made.ending = (await kms.createKey({})).KeyMetadata?.KeyId ?? '';
  await kms.scheduleKeyDeletion({ KeyId: made.ending, PendingWindowInDays: 7 });
}

async function seedCertificates(acm: ACM, pca: ACMPCA): Promise<void> {
  const { CertificateArn } = await acm.requestCertificate({ DomainName: `${run}.larkspur.example`, ValidationMethod: 'DNS', Tags: tags });
  made.certificate = CertificateArn ?? '';
  const { CertificateAuthorityArn } = await pca.createCertificateAuthority({
    CertificateAuthorityType: 'ROOT',
    CertificateAuthorityConfiguration: {
      KeyAlgorithm: 'EC_prime256v1',
      SigningAlgorithm: 'SHA256WITHECDSA',
      Subject: { CommonName: `Larkspur ${run}` },
    },
    Tags: tags,
  });
  made.authority = CertificateAuthorityArn ?? '';
}
