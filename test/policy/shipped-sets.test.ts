import { describe, expect, test } from 'vitest';
import type { Kind } from '../../src/model/kind.ts';
import { type LoadedPolicies, loadPolicies } from '../../src/policy/load.ts';
import { kindMatcher } from '../../src/policy/match.ts';
import { runExample } from '../../src/policy/run-example.ts';
import { gaps } from './gaps.ts';
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

test.each(names.filter((name) => name.startsWith('cis-')))('%s judges its own provider alone', (name) => {
  const provider = name.replace('cis-', '');
  const others = load(name).policies.filter(({ match }) =>
    [...kinds.values()].some((kind) => !kind.id.startsWith(`${provider}.`) && kindMatcher(match)(kind) && match.providers !== provider),
  );
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

describe.each(names)('in %s, no gap is reported twice', (name) => {
  const { policies } = load(name);

  test.each(gaps)('%s', (gap, subject, given, ofBaseline) => {
    const failing = policies
      .filter((policy) => policy.subject === subject && !policy.disabled)
      .filter((policy) => runExample(policy, { name: 'a case', given, expect: 'fail' }, kinds, now).actual === 'fail')
      .map(({ id }) => id);
    if (name === 'baseline') expect(failing).toEqual(ofBaseline);
    else if (name === 'strict') expect(failing, gap).toHaveLength(gap.includes('healthy') ? 0 : 1);
    else expect(failing.length, failing.join(', ')).toBeLessThanOrEqual(1);
  });
});

/** Why a kind has nothing of a theme in the baseline. */
const exempt: Readonly<Record<string, string>> = {
  'expiry github.leaked_secret': 'it is revoked, which offboarding/leaked-secret-works asks',
  'rotation github.leaked_secret': 'it is revoked, which offboarding/leaked-secret-works asks',
  'usage github.leaked_secret': 'it is revoked, which offboarding/leaked-secret-works asks',
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
