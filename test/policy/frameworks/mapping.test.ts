import { describe, expect, test } from 'vitest';
import { mappingMistakes } from '../../../src/policy/frameworks/check-mapping.ts';
import { citations } from '../../../src/policy/frameworks/cite.ts';
import { frameworkCoverage } from '../../../src/policy/frameworks/coverage.ts';
import type { Framework, Requirement } from '../../../src/policy/frameworks/framework.ts';
import type { Policy } from '../../../src/policy/policy.ts';

function framework(id: string, requirements: readonly Requirement[]): Framework {
  return {
    id,
    title: id,
    version: '1',
    source: 'https://acme.example',
    verified: '2026-11-21',
    titles: 'original',
    extent: 'All.',
    requirements: new Map(requirements.map((each) => [each.id, each])),
  };
}
const acme = framework('acme-1', [
  { id: '1.1', title: 'Keys end', tested: 'full', kinds: ['aws.iam_access_key'] },
  { id: '1.2', title: 'Keys are used', tested: 'part', because: 'GitHub does not say' },
  { id: '1.3', title: 'Keys are seen', tested: 'part', because: 'what is seen is seen' },
  { id: '1.4', title: 'Doors are shut', tested: 'none', because: 'doors are out of its sight' },
]);
const other = framework('other-2', [{ id: 'A', title: 'All', tested: 'full' }]);
const frameworks = new Map([acme, other].map((each) => [each.id, each]));

describe('a mapping', () => {
  test('to requirements that exist is right', () => {
    expect(mappingMistakes({ 'acme-1': ['1.1', '1.2'], 'other-2': ['A'] }, frameworks)).toEqual([]);
  });

  test('to a framework that nobody declares is a mistake, with what was meant', () => {
    const [mistake] = mappingMistakes({ 'amce-1': ['1.1'] }, frameworks);
    expect(mistake).toMatchObject({ message: 'there is no framework `amce-1`', path: ['amce-1'], at: 'key' });
    expect(mistake?.hint).toMatch(/^did you mean `acme-1`\?; .*`frameworks`/);
  });

  test('to a requirement that is not there is a mistake at that item', () => {
    expect(mappingMistakes({ 'acme-1': ['1.1', '1.9'] }, frameworks)).toMatchObject([
      { message: 'acme-1 has no `1.9`', hint: expect.stringContaining('1.') as string, path: ['acme-1', 1], at: 'value' },
    ]);
  });

  test('to what no policy can test is a mistake, with the reason', () => {
    expect(mappingMistakes({ 'acme-1': ['1.4'] }, frameworks)).toMatchObject([
      { message: 'acme-1 1.4 is declared to be beyond any test: doors are out of its sight', path: ['acme-1', 0] },
    ]);
  });
});

describe('a finding cites', () => {
  const cite = citations(frameworks);
  const mapsTo = { 'acme-1': ['1.1', '1.2'], 'other-2': ['A'] };

  test.each([
    ['aws.iam_access_key', { 'acme-1': ['1.1', '1.2'], 'other-2': ['A'] }],
    ['github.deploy_key', { 'acme-1': ['1.2'], 'other-2': ['A'] }],
  ])('what its policy maps to and its kind is about: %s', (kind, expected) => {
    expect(cite(mapsTo, kind)).toEqual(expected);
  });

  test('no framework of which nothing is left', () => {
    expect(cite({ 'acme-1': ['1.1'] }, 'github.deploy_key')).toEqual({});
  });
});

describe('of a framework', () => {
  const policy = (id: string, mapsTo: Policy['mapsTo'], disabled = false): Policy => ({
    id,
    title: id,
    status: 'stable',
    severity: 'low',
    subject: 'credential',
    match: {},
    exclude: [],
    assert: { expiry: { required: true } },
    whenUnknown: 'report',
    severityWhen: [],
    why: 'because',
    fix: 'end it',
    mapsTo,
    references: [],
    examples: [],
    disabled,
    source: 'policies.yaml:1',
  });
  const { requirements, counts } = frameworkCoverage(
    acme,
    [policy('a/ends', { 'acme-1': ['1.1', '1.2'] }), policy('a/used', { 'acme-1': ['1.2'] }), policy('a/off', { 'acme-1': ['1.3'] }, true)],
    [policy('b/seen', { 'acme-1': ['1.3', '1.1'] })],
  );

  test('each requirement says which policies test it, and how far', () => {
    expect(requirements.map(({ id, coverage, policies, others }) => ({ id, coverage, policies, others }))).toEqual([
      { id: '1.1', coverage: 'full', policies: ['a/ends'], others: [] },
      { id: '1.2', coverage: 'part', policies: ['a/ends', 'a/used'], others: [] },
      { id: '1.3', coverage: 'missing', policies: [], others: ['b/seen'] },
      { id: '1.4', coverage: 'none', policies: [], others: [] },
    ]);
  });

  test('each is counted once', () => {
    expect(counts).toEqual({ full: 1, part: 1, missing: 1, none: 1 });
  });
});
