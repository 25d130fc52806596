import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { github } from '../../../connectors/github/index.ts';
import { sshFingerprint } from '../../../connectors/github/public-key.ts';
import type { GitHubSession } from '../../../connectors/github/session.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';
import { CredentialSchema } from '../../../src/model/credential.ts';
import { absent, known } from '../../../src/model/fact.ts';
import { now, sessionOf } from './answers.ts';
import { deployKey, organizationSecret, patGrant } from './raw.ts';

const ajv = new Ajv({ allowUnionTypes: true });
formats.default(ajv);
const isCredential = ajv.compile(CredentialSchema);
const session: GitHubSession = await sessionOf({});
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
const around = { repository, scope: 'repository/larkspur-foods/checkout', properties: known(new Map()) };

/** A documented item of which any fields hold any JSON. */
function spoiled(item: object): fc.Arbitrary<unknown> {
  const fields = fc
    .subarray(Object.keys(item))
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, fc.jsonValue()]))));
  return fc.oneof({ weight: 9, arbitrary: fields.map((broken) => ({ ...item, ...broken })) }, fc.jsonValue());
}

test.each([
  ['github.fine_grained_token', spoiled(patGrant).map((token) => ({ token, emails: absent() }))],
  ['github.deploy_key', spoiled(deployKey).map((item) => ({ ...around, item, emails: absent() }))],
  ['github.organization_actions_secret', spoiled(organizationSecret)],
])('%s makes valid records of whatever comes, or says that it cannot', (id, items) => {
  const surface = github.surfaces.find((each) => each.id === id);
  fc.assert(
    fc.property(items, (item) => {
      try {
        for (const record of surface?.normalize(item, { session, observedAt: now }) ?? [])
          expect(isCredential(record) ? undefined : isCredential.errors).toBeUndefined();
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
