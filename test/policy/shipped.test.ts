import { describe, expect, test } from 'vitest';
import { outcomesNotShown } from '../../src/policy/example-gaps.ts';
import { loadPolicies } from '../../src/policy/load.ts';
import { runExample } from '../../src/policy/run-example.ts';
import { frameworks, kindsOfConnectors, shippedPolicies } from './shipped.ts';
import { now } from './subject.ts';

const kinds = await kindsOfConnectors();
const { policies } = loadPolicies({ files: shippedPolicies, builtin: [], kinds, frameworks });

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
    expect(outcomesNotShown(policy)).toEqual([]);
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
    'coverage',
    'exception',
    'expiry',
    'offboarding',
    'orphan',
    'ownership',
    'privilege',
    'quarantine',
    'rotation',
    'sharing',
    'trust',
    'usage',
  ]);
});

test('a parameter means the same in every policy that declares it', () => {
  const { parameters } = loadPolicies({ files: shippedPolicies, builtin: [], kinds });
  expect(parameters.filter(({ description }) => description === undefined)).toEqual([]);
});
