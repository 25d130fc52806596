import { describe, expect, test } from 'vitest';
import type { Kind } from '../../src/model/kind.ts';
import { loadPolicies } from '../../src/policy/load.ts';
import { kindMatcher } from '../../src/policy/match.ts';
import { runExample } from '../../src/policy/run-example.ts';
import { kindsOfConnectors, shipped, shippedPolicies, shippedSets } from './shipped.ts';
import { now } from './subject.ts';

const kinds = await kindsOfConnectors();
const { policies } = loadPolicies({ files: shippedPolicies, builtin: [], kinds });
const byId = new Map(policies.map((policy) => [policy.id, policy]));

describe.each(policies.map((policy) => [policy.id, policy] as const))('%s', (id, policy) => {
  test('stands in the file of its name', () => {
    expect(policy.source).toMatch(new RegExp(`^policies/${id}\\.yaml:`));
  });

  test.each(policy.examples.map((example) => [example.name, example] as const))('%s', (_, example) => {
    const { actual, severity } = runExample(policy, example, kinds, now);
    expect({ actual, severity: example.severity === undefined ? undefined : severity }).toEqual({
      actual: example.expect,
      severity: example.severity,
    });
  });

  test('shows what passes, what fails and what stays unknown', () => {
    const wanted = policy.subject === 'waiver' || policy.subject === 'relaxation' ? ['pass', 'fail'] : ['pass', 'fail', 'unknown'];
    expect(policy.examples.map((example) => example.expect)).toEqual(expect.arrayContaining(wanted));
  });

  test('gives no example twice', () => {
    const names = policy.examples.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  test('says why, what to do, and where it comes from', () => {
    expect(policy.why.length).toBeGreaterThan(60);
    expect(policy.fix.length).toBeGreaterThan(60);
    expect(Object.keys(policy.mapsTo)).not.toHaveLength(0);
  });

  test('keeps thresholds out of its name', () => {
    expect(id).not.toMatch(/\d/);
  });
});

test('every theme is there', () => {
  expect([...new Set(policies.map(({ id }) => id.split('/')[0]))]).toEqual([
    'exception',
    'expiry',
    'orphan',
    'ownership',
    'rotation',
    'usage',
  ]);
});

describe.each(shippedSets.map(({ file }) => [file.replace('policies/sets/', '').replace('.yaml', '')]))('set %s', (id) => {
  const top = {
    file: 'overdue-policies.yaml',
    text: `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: acme, extends: ["builtin:${id}"] }\n`,
  };

  test('loads by the name of its file', () => {
    expect(loadPolicies({ files: [top], builtin: shipped, kinds }).policies.length).toBeGreaterThan(12);
  });
});

test('without files, the baseline is loaded', () => {
  const { policies: baseline, parameters } = loadPolicies({ files: [], builtin: shipped, kinds });
  expect(baseline.map(({ id }) => id)).toEqual([...byId.keys()].filter((id) => id !== 'ownership/missing-role'));
  expect(Object.fromEntries(parameters.map(({ name, value }) => [name, value]))).toMatchInlineSnapshot(`
    {
      "dormantAfter": "45d",
      "encryptionKeyMaxAge": "400d",
      "expiryNotice": "30d",
      "liveLifecycles": [
        "experimental",
        "production",
        "deprecated",
      ],
      "maxLifetime": "365d",
      "neverUsedAfter": "30d",
      "residueAfter": "30d",
      "retiredLifecycles": [
        "retired",
        "decommissioned",
        "end-of-life",
        "gone",
      ],
      "rotationMaxAge": "90d",
      "rotationMaxOverlap": "7d",
      "vendorGrace": "0d",
    }
  `);
});

describe('frameworks', () => {
  const frameworks: Readonly<Record<string, RegExp>> = {
    'owasp-nhi-2025': /^NHI(?:[1-9]|10):2025$/,
    'nist-csf-2.0': /^(?:PR\.AA-0[1-5]|ID\.AM-0[248]|ID\.RA-07|GV\.RR-0[24]|GV\.SC-10|PR\.PS-04|DE\.CM-0[36]|RS\.MI-0[12]|GV\.OV-03)$/,
    'nist-800-53-r5':
      /^(?:AC-2(?:\((?:[1-47]|9|1[1-3])\))?|AC-3\(8\)|AC-[56]|AC-6\(7\)|IA-4(?:\(4\))?|IA-5(?:\((?:[12678]|13)\))?|IA-9|IA-13|PS-4(?:\(2\))?|PS-[57]|SA-9|SC-1[27]|AU-2|AU-12|CA-7|CM-8|IR-4)$/,
    'cis-controls-8.1': /^(?:4\.7|5\.[135]|6\.[128])$/,
    'pci-dss-4.0.1': /^(?:3\.7\.[45]|4\.2\.1\.1|7\.2\.[45]|7\.2\.5\.1|8\.2\.[124-7]|8\.6\.[1-3])$/,
    'iso-27001-2022': /^A\.(?:5\.(?:9|11|15|16|17|18|19|20|23)|6\.5|8\.(?:2|5|15|24))$/,
    'soc-2-2017': /^(?:CC6\.[1236]|CC7\.[12]|CC4\.1|CC9\.2)$/,
    'csa-ccm-4': /^(?:IAM-(?:0[345789]|1[0345])|CEK-1[24]|LOG-08)$/,
    'cis-aws-7.0.0': /^2\.(?:4|11|12|17|18)$/,
    'cis-azure-6.0.0': /^(?:5\.3\.[2457]|8\.3\.(?:[1-4]|9|11)|9\.3\.1\.[123]|2\.1\.6)$/,
    'cis-gcp-5.0.0': /^(?:1\.(?:[5-9]|1[13456])|4\.[12])$/,
    'cis-github-1.2.0': /^(?:1\.2\.7|1\.3\.(?:1|3|8|11)|1\.4\.[1-4]|1\.5\.1|2\.1\.7)$/,
  };

  test('policies cite only items that exist', () => {
    const cited = policies.flatMap(({ id, mapsTo }) =>
      Object.entries(mapsTo).flatMap(([framework, items]) => items.map((item) => ({ id, framework, item }))),
    );
    expect(cited.filter(({ framework, item }) => frameworks[framework]?.test(item) !== true)).toEqual([]);
  });
});

describe('no gap is reported twice', () => {
  const { policies: baseline } = loadPolicies({ files: [], builtin: shipped });
  const findingsOf = (given: object): readonly string[] =>
    baseline
      .filter(({ subject }) => subject === 'credential')
      .flatMap((policy) => {
        const { actual } = runExample(policy, { name: 'a case', given, expect: 'fail' }, kinds, now);
        return actual === 'fail' ? [policy.id] : [];
      });
  const healthy = {
    kind: 'azure.app_secret',
    createdAt: '10d ago',
    rotatedAt: '10d ago',
    lastUsedAt: '1d ago',
    expiresAt: 'in 90d',
    owners: [{ ref: 'priya' }],
    workload: { lifecycle: 'production' },
    vendor: { endsAt: 'in 90d' },
  };

  test.each([
    ['healthy', {}, []],
    ['nobody is named', { owners: [] }, ['ownership/unowned-credential']],
    ['the owner left', { owners: [{ ref: 'lee', state: 'inactive', status: 'terminated' }] }, ['orphan/owner-left']],
    ['it has expired', { expiresAt: '1d ago' }, ['expiry/expired-still-present']],
    ['it expires soon', { expiresAt: 'in 5d' }, ['expiry/expires-soon']],
    ['it never expires', { expiresAt: 'never' }, ['expiry/no-expiry']],
    ['it is old', { createdAt: '100d ago', rotatedAt: '100d ago' }, ['rotation/long-lived-credential']],
    ['it is dormant', { lastUsedAt: '60d ago' }, ['usage/unused-credential']],
    ['it was never used', { createdAt: '60d ago', rotatedAt: '60d ago', lastUsedAt: 'never' }, ['usage/unused-credential']],
    ['it is switched off and forgotten', { status: 'inactive', lastUsedAt: '60d ago' }, ['usage/inactive-credential']],
    ['its workload is retired', { workload: { lifecycle: 'retired' } }, ['orphan/workload-retired']],
    ['its vendor is gone', { vendor: { endsAt: '5d ago' } }, ['orphan/vendor-ended']],
  ])('%s', (_, change, expected) => {
    expect(findingsOf({ ...healthy, ...change })).toEqual(expected);
  });
});

describe('every kind joins the baseline by its traits', () => {
  const { policies: baseline } = loadPolicies({ files: [], builtin: shipped });
  const covers = (theme: string, kind: Kind) =>
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
