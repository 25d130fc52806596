import { describe, expect, test } from 'vitest';
import type { Kind } from '../../src/model/kind.ts';
import { type LoadedPolicies, loadPolicies } from '../../src/policy/load.ts';
import { kindMatcher } from '../../src/policy/match.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { runExample } from '../../src/policy/run-example.ts';
import { frameworks, kindsOfConnectors, shipped, shippedPolicies, shippedSets } from './shipped.ts';
import { now } from './subject.ts';

const kinds = await kindsOfConnectors();
const names = shippedSets.map(({ file }) => file.replace('policies/sets/', '').replace('.yaml', ''));

function load(set: string): LoadedPolicies {
  const text = `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: acme, extends: ["builtin:${set}"] }\n`;
  return loadPolicies({ files: [{ file: 'overdue-policies.yaml', text }], builtin: shipped, kinds, frameworks });
}

test('there are the sets that are promised', () => {
  expect(names).toEqual(['baseline', 'ci-gate', 'cis-aws', 'cis-azure', 'cis-gcp', 'cis-github', 'owasp-nhi-2025', 'strict']);
});

test('every policy is in a set', () => {
  const used = new Set(names.flatMap((name) => load(name).policies.map(({ id }) => id)));
  const { policies } = loadPolicies({ files: shippedPolicies, builtin: [] });
  expect(policies.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
});

test('without files, the baseline is loaded', () => {
  const { policies } = loadPolicies({ files: [], builtin: shipped });
  expect(policies.map(({ id }) => id)).toEqual(load('baseline').policies.map(({ id }) => id));
});

test('the baseline has something of every theme', () => {
  const themes = new Set(load('baseline').policies.map(({ id }) => id.split('/')[0]));
  expect(themes.size).toBe(12);
});

test.each(names.filter((name) => name.startsWith('cis-') || name.startsWith('owasp-')))('%s holds only what its framework asks', (name) => {
  const framework = [...frameworks.keys()].find((id) => id.startsWith(name)) ?? '';
  const others = load(name).policies.filter(({ mapsTo }) => mapsTo[framework] === undefined);
  expect(others.map(({ id }) => id)).toEqual([]);
});

test('parameters of the baseline', () => {
  const { parameters } = load('baseline');
  expect(Object.fromEntries(parameters.map(({ name, value }) => [name, value]))).toMatchInlineSnapshot(`
    {
      "authorityNotice": "180d",
      "dormantAfter": "45d",
      "encryptionKeyMaxAge": "400d",
      "expiryNotice": "30d",
      "liveLifecycles": [
        "experimental",
        "production",
        "deprecated",
      ],
      "maxLifetime": "365d",
      "mostRenewals": 2,
      "neverUsedAfter": "30d",
      "quarantineDeadline": "30d",
      "residueAfter": "30d",
      "restorableFor": "30d",
      "retiredLifecycles": [
        "retired",
        "decommissioned",
        "end-of-life",
        "gone",
      ],
      "rootQuietFor": "90d",
      "rotationMaxAge": "90d",
      "rotationMaxOverlap": "7d",
      "vendorGrace": "0d",
      "waiverNotice": "14d",
    }
  `);
});

const credential = {
  kind: 'azure.app_secret',
  createdAt: '10d ago',
  rotatedAt: '10d ago',
  lastUsedAt: '1d ago',
  expiresAt: 'in 90d',
  purpose: 'an export',
  privilege: 'write',
  fingerprint: 'none',
  consumers: ['checkout'],
  owners: [{ ref: 'priya' }],
  workload: { lifecycle: 'production' },
  vendor: { endsAt: 'in 90d' },
  identity: { status: 'active' },
};
const identity = {
  kind: 'aws.iam_role',
  createdAt: '10d ago',
  lastUsedAt: '1d ago',
  purpose: 'an export',
  privilege: 'write',
  owners: [
    { ref: 'priya', person: 'E002' },
    { ref: 'dana', person: 'E001', role: 'business' },
  ],
  workload: { lifecycle: 'production' },
  vendor: { endsAt: 'in 90d' },
  trust: [{ issuer: 'aws', party: 'service', subject: 'lambda.amazonaws.com' }],
};
const grant = {
  kind: 'azure.rbac_role_assignment',
  privilege: 'read',
  expiresAt: 'never',
  lastUsedAt: '1d ago',
  identity: { status: 'active' },
};
const left = { ref: 'lee', state: 'inactive', status: 'terminated' };
const github = { issuer: 'token.actions.githubusercontent.com', party: 'issuer', audience: 'sts.amazonaws.com', narrowedBy: [] };

/** One gap each, and what the baseline says of it. */
const gaps: readonly (readonly [string, Policy['subject'], object, readonly string[]])[] = [
  ['a healthy credential', 'credential', credential, []],
  ['nobody is named', 'credential', { ...credential, owners: [] }, ['ownership/unowned-credential']],
  ['the owner left', 'credential', { ...credential, owners: [left] }, ['orphan/owner-left']],
  ['it has expired', 'credential', { ...credential, expiresAt: '1d ago' }, ['expiry/expired-still-present']],
  ['it expires soon', 'credential', { ...credential, expiresAt: 'in 5d' }, ['expiry/expires-soon']],
  ['it never expires', 'credential', { ...credential, expiresAt: 'never' }, ['expiry/no-expiry']],
  [
    'it is old',
    'credential',
    { ...credential, createdAt: '100d ago', rotatedAt: '100d ago', expiresAt: 'in 60d' },
    ['rotation/long-lived-credential'],
  ],
  ['it is dormant', 'credential', { ...credential, lastUsedAt: '60d ago' }, ['usage/unused-credential']],
  [
    'it was never used',
    'credential',
    { ...credential, createdAt: '60d ago', rotatedAt: '60d ago', lastUsedAt: 'never' },
    ['usage/unused-credential'],
  ],
  [
    'a successor is there and it is still used',
    'credential',
    { ...credential, createdAt: '50d ago', rotatedAt: '50d ago', siblings: [{ createdAt: '30d ago', lastUsedAt: '1d ago' }] },
    ['rotation/overlapping-credentials'],
  ],
  ['it is off and forgotten', 'credential', { ...credential, status: 'inactive', lastUsedAt: '60d ago' }, ['usage/inactive-credential']],
  [
    'it is quarantined for too long',
    'credential',
    { ...credential, status: 'quarantined', lastUsedAt: '60d ago', statusSince: '60d ago' },
    ['quarantine/credential-past-deadline'],
  ],
  [
    'its own deadline has passed',
    'credential',
    { ...credential, status: 'inactive', lastUsedAt: '60d ago', tags: { 'quarantine-until': '2026-11-01' }, quarantineUntil: '20d ago' },
    ['quarantine/own-deadline'],
  ],
  ['its workload is retired', 'credential', { ...credential, workload: { lifecycle: 'retired' } }, ['orphan/workload-retired']],
  ['its vendor is gone', 'credential', { ...credential, vendor: { endsAt: '5d ago' } }, ['orphan/vendor-ended']],
  ['its identity is off', 'credential', { ...credential, identity: { status: 'inactive' } }, ['offboarding/credential-left-behind']],
  [
    'it is used in production and in test',
    'credential',
    { ...credential, environments: ['production', 'non-production'] },
    ['sharing/mixed-environments'],
  ],
  [
    'its key is shown elsewhere',
    'credential',
    { ...credential, kind: 'github.deploy_key', expiresAt: 'never', fingerprint: 'SHA256:a', run: { sameKey: [{ name: 'b' }] } },
    ['sharing/reused-key'],
  ],
  [
    'an authority ends soon',
    'credential',
    { ...credential, kind: 'aws.acmpca_certificate_authority', expiresAt: 'in 5d' },
    ['expiry/authority-expires-soon'],
  ],
  [
    'the root user has a key',
    'credential',
    {
      ...credential,
      kind: 'aws.iam_root_access_key',
      privilege: 'admin',
      createdAt: '400d ago',
      rotatedAt: '400d ago',
      lastUsedAt: '200d ago',
      expiresAt: 'never',
    },
    ['privilege/root-access-key'],
  ],
  [
    'it is deleted and can be restored',
    'credential',
    { ...credential, status: 'deleted-recoverable', statusSince: '60d ago' },
    ['offboarding/restorable-credential'],
  ],
  [
    'a federated login for anybody',
    'credential',
    { ...credential, kind: 'azure.federated_credential', expiresAt: 'never', trust: [{ ...github, subject: '*' }] },
    ['trust/open-subject-of-credential'],
  ],
  ['a healthy identity', 'identity', identity, []],
  ['an identity of nobody', 'identity', { ...identity, owners: [] }, ['ownership/unowned-identity']],
  [
    'an identity that somebody can change',
    'identity',
    {
      ...identity,
      owners: [
        { ref: 'priya', control: true },
        { ref: 'dana', role: 'business', control: true },
      ],
    },
    ['ownership/only-control'],
  ],
  [
    'an identity whose owners left',
    'identity',
    { ...identity, owners: [left, { ...left, ref: 'aiko', role: 'business' }] },
    ['orphan/identity-orphaned'],
  ],
  ['an identity that nobody uses', 'identity', { ...identity, lastUsedAt: '60d ago' }, ['usage/unused-identity']],
  ['an identity that is off', 'identity', { ...identity, status: 'inactive', lastUsedAt: '60d ago' }, ['usage/inactive-identity']],
  [
    'an identity in quarantine',
    'identity',
    { ...identity, status: 'quarantined', lastUsedAt: '60d ago', statusSince: '60d ago' },
    ['quarantine/identity-past-deadline'],
  ],
  ['an identity that can do more than declared', 'identity', { ...identity, declaredPrivilege: 'read' }, ['privilege/drift']],
  [
    'an identity that lets in anybody',
    'identity',
    { ...identity, trust: [{ issuer: 'aws', party: 'anyone', subject: '*' }] },
    ['trust/anyone'],
  ],
  [
    'an identity that trusts somebody who is gone',
    'identity',
    { ...identity, trust: [{ issuer: 'aws', party: 'deleted', subject: 'AIDA' }] },
    ['trust/deleted-party'],
  ],
  [
    'an identity that trusts another account',
    'identity',
    { ...identity, trust: [{ issuer: 'aws', party: 'other-account', subject: 'arn' }] },
    ['trust/no-external-id'],
  ],
  [
    'an identity that trusts everybody at GitHub',
    'identity',
    { ...identity, trust: [{ ...github, subject: '*', conditions: { repository_owner_id: '1' } }] },
    ['trust/open-subject'],
  ],
  [
    'a deleted identity',
    'identity',
    { ...identity, status: 'deleted-recoverable', statusSince: '60d ago' },
    ['offboarding/restorable-identity'],
  ],
  ['a healthy permission', 'grant', grant, []],
  ['a permission of nobody', 'grant', { ...grant, identity: 'gone' }, ['orphan/grant-of-nobody']],
];

describe.each(names)('in %s, no gap is reported twice', (name) => {
  const { policies } = load(name);

  test.each(gaps)('%s', (_, subject, given, ofBaseline) => {
    const failing = policies
      .filter((policy) => policy.subject === subject && !policy.disabled)
      .filter((policy) => runExample(policy, { name: 'a case', given, expect: 'fail' }, kinds, now).actual === 'fail')
      .map(({ id }) => id);
    if (name === 'baseline') expect(failing).toEqual(ofBaseline);
    else expect(failing.length, failing.join(', ')).toBeLessThanOrEqual(1);
  });
});

/** Why a kind has nothing of a theme in the baseline. */
const exempt: Readonly<Record<string, string>> = {
  'rotation aws.iam_root_access_key': 'it is deleted, which privilege/root-access-key asks',
  'rotation github.gpg_key': 'a signature is checked for as long as what it signs',
  'rotation github.ssh_signing_key': 'a signature is checked for as long as what it signs',
  'usage aws.iam_root_user': 'it stands by for emergencies; usage/root-user-used asks that it does',
};

describe('every kind joins the baseline by its traits', () => {
  const { policies: baseline } = load('baseline');
  const covers = (theme: string, kind: Kind) =>
    exempt[`${theme} ${kind.id}`] !== undefined ||
    baseline.some(({ id, subject, match, exclude }) => {
      const isExcluded = exclude.some((each) => each.kinds !== undefined && kindMatcher(each)(kind));
      return id.startsWith(`${theme}/`) && subject === kind.record && kindMatcher(match)(kind) && !isExcluded;
    });

  test.each([...kinds.values()].filter(({ record }) => record !== 'grant').map((kind) => [kind.id, kind] as const))('%s', (id, kind) => {
    expect(covers('ownership', kind)).toBe(true);
    expect(covers('usage', kind)).toBe(true);
    expect(covers('orphan', kind)).toBe(true);
    if (kind.record === 'identity') return;
    expect(covers('expiry', kind)).toBe(true);
    const { rotation, expiry } = kind.traits;
    // A certificate has an end in place of a rotation; what the provider renews, or nothing can, needs none.
    const isExempt = rotation === 'automatic' || rotation === 'none' || (id.includes('certificate') && expiry !== 'never');
    expect(covers('rotation', kind) || isExempt).toBe(true);
  });
});
