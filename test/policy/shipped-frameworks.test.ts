import { describe, expect, test } from 'vitest';
import { globs } from '../../src/policy/glob.ts';
import { loadPolicies } from '../../src/policy/load.ts';
import { kindMatcher } from '../../src/policy/match.ts';
import { frameworks, kindsOfConnectors, shippedPolicies } from './shipped.ts';

const kinds = await kindsOfConnectors();
const { policies } = loadPolicies({ files: shippedPolicies, builtin: [], kinds, frameworks });
const citing = (framework: string, item: string) => policies.filter(({ mapsTo }) => mapsTo[framework]?.includes(item) === true);

test('there are the frameworks that are promised', () => {
  expect([...frameworks.keys()]).toEqual([
    'cis-aws-7.0.0',
    'cis-azure-6.0.0',
    'cis-controls-8.1',
    'cis-gcp-5.0.0',
    'cis-github-1.2.0',
    'csa-ccm-4',
    'csa-maestro',
    'iso-27001-2022',
    'nist-800-207',
    'nist-800-53-r5',
    'nist-ai-rmf-1.0',
    'nist-csf-2.0',
    'owasp-nhi-2025',
    'pci-dss-4.0.1',
    'soc-2-2017',
  ]);
});

describe.each([...frameworks.values()].map((framework) => [framework.id, framework] as const))('%s', (id, { requirements }) => {
  const all = [...requirements.values()];

  test.each(all.filter(({ tested }) => tested !== 'none').map(({ id: item, title }) => [item, title]))(
    '%s (%s) is tested by a shipped policy, as it says',
    (item) => {
      expect(citing(id, item).map((policy) => policy.id)).not.toEqual([]);
    },
  );

  test('kinds that a requirement is about exist, and the policies that test it can mean one of them', () => {
    for (const { id: item, kinds: about } of all) {
      if (about === undefined) continue;
      for (const pattern of about) expect([...kinds.keys()].filter(globs(pattern)), pattern).not.toEqual([]);
      const meant = [...kinds.values()].filter((kind) => globs(about)(kind.id));
      for (const { id: policy, match, subject } of citing(id, item)) {
        const able = meant.filter((kind) => kind.record === subject && kindMatcher(match)(kind));
        expect(able, `${policy} for ${id} ${item}`).not.toEqual([]);
      }
    }
  });

  test('what is not tested says why in a sentence', () => {
    for (const { because } of all) if (because !== undefined) expect(because).toMatch(/^[A-Z].*\.$/);
  });
});

test('CSF 1.1 and withdrawn controls are not cited', () => {
  expect(frameworks.get('nist-csf-2.0')?.requirements.has('PR.AC-1')).toBe(false);
  expect(frameworks.get('nist-800-53-r5')?.requirements.has('AC-2(10)')).toBe(false);
});
