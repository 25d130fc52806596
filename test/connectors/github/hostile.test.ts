import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownersIn } from '../../../connectors/github/codeowners.ts';
import { github } from '../../../connectors/github/index.ts';
import { sshFingerprint } from '../../../connectors/github/public-key.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';
import { CredentialSchema } from '../../../src/model/credential.ts';
import { absent, known, unknown } from '../../../src/model/fact.ts';
import { IdentitySchema } from '../../../src/model/identity.ts';
import { now, sessionOf } from './answers.ts';
import { deployKey, organizationSecret, patGrant } from './raw.ts';
import { hostedRunner, organizationWebhook, privateRegistry, repositorySecret, runner } from './raw-repository.ts';

const ajv = new Ajv({ allowUnionTypes: true });
formats.default(ajv);
const isRecord = ajv.compile({ anyOf: [CredentialSchema, IdentitySchema] });
const session = await sessionOf({});
const repository = {
  id: '1',
  owner: 'larkspur-foods',
  name: 'checkout',
  archived: false,
  disabled: false,
  deployKeys: 1,
  environments: undefined,
  codeowners: undefined,
};

/** A documented item of which any fields hold any JSON. */
function spoiled(item: object): fc.Arbitrary<unknown> {
  const fields = fc
    .subarray(Object.keys(item))
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, fc.jsonValue()]))));
  return fc.oneof({ weight: 9, arbitrary: fields.map((broken) => ({ ...item, ...broken })) }, fc.jsonValue());
}

function around(items: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = fc.constantFrom(known(new Map()), absent(), unknown('permission-denied'));
  const codeowners = fc.oneof(fc.constant(undefined), fc.constant(absent()), fc.string().map(known));
  return fc.record({ item: items, properties, codeowners }).map(({ codeowners: text, ...rest }) => ({
    ...rest,
    repository: { ...repository, codeowners: text },
    scope: 'repository/larkspur-foods/checkout',
    emails: absent(),
  }));
}

const hook = fc.record({ hook: spoiled(organizationWebhook), deliveredAt: fc.constant(absent()) });

test.each([
  ['github.fine_grained_token', spoiled(patGrant).map((token) => ({ token, emails: absent() }))],
  ['github.deploy_key', around(spoiled(deployKey))],
  ['github.organization_actions_secret', spoiled(organizationSecret)],
  ['github.organization_dependabot_secret', spoiled(organizationSecret)],
  ['github.repository_actions_secret', around(spoiled(repositorySecret))],
  ['github.environment_secret', around(fc.record({ environment: fc.string({ minLength: 1 }), secret: spoiled(repositorySecret) }))],
  ['github.private_registry', spoiled(privateRegistry)],
  ['github.organization_webhook', hook],
  ['github.repository_webhook', around(hook)],
  ['github.self_hosted_runner', spoiled(runner)],
  ['github.repository_runner', around(spoiled(runner))],
  ['github.hosted_runner', spoiled(hostedRunner)],
])('%s makes valid records of whatever comes, or says that it cannot', (id, items) => {
  const surface = github.surfaces.find((each) => each.id === id);
  if (!surface) throw new Error(`no surface ${id}`);
  fc.assert(
    fc.property(items, (item) => {
      try {
        for (const record of surface.normalize(item, { session, observedAt: now }))
          expect(isRecord(record) ? undefined : isRecord.errors).toBeUndefined();
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});

test('the fingerprint of any text is known or unknown, never an error', () => {
  fc.assert(
    fc.property(fc.string(), fc.uint8Array(), (type, bytes) => {
      expect(['known', 'unknown']).toContain(sshFingerprint(`${type} ${Buffer.from(bytes).toString('base64')}`).state);
    }),
  );
});

test('CODEOWNERS may hold anything', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const { ref } of ownersIn(`* ${text}`)) expect(ref).not.toMatch(/\s/);
    }),
  );
});
