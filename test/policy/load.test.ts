import { describe, expect, test } from 'vitest';
import { type LoadRequest, loadPolicies } from '../../src/policy/load.ts';
import { mistakesOf } from '../document/mistakes.ts';
import { builtin, byId, load, own, set } from './library.ts';

describe('a set', () => {
  test('that is not given is the baseline', () => {
    expect(loadPolicies({ files: [], builtin }).policies.map(({ id }) => id)).toEqual(['rotation/old', 'usage/unused']);
  });

  test('has what it extends, with defaults filled in', () => {
    expect(byId('rotation/old', set(''))).toEqual({
      id: 'rotation/old',
      title: 'Not too old',
      status: 'stable',
      severity: 'high',
      subject: 'credential',
      match: { states: 'active' },
      exclude: [],
      assert: { rotation: { maxAge: '90d' } },
      whenUnknown: 'report',
      severityWhen: [],
      why: 'It leaks.',
      fix: 'Replace it.',
      mapsTo: {},
      references: [],
      examples: [],
      disabled: false,
      source: 'policies/rotation/old.yaml:3',
    });
  });

  test('overrides by id, key by key', () => {
    const changed = byId('rotation/old', set('policies: [{ id: rotation/old, severity: critical, match: { states: inactive } }]\n'));
    expect(changed).toMatchObject({
      severity: 'critical',
      match: { states: 'inactive' },
      title: 'Not too old',
      assert: { rotation: { maxAge: '90d' } },
      source: 'a.yaml:4',
    });
  });

  test('keeps and lists what it disables', () => {
    const { policies } = load(set('policies: [{ id: usage/unused, disabled: true }]\n'));
    expect(policies.map(({ id, disabled }) => [id, disabled])).toEqual([
      ['rotation/old', false],
      ['usage/unused', true],
    ]);
  });

  test('sets inherited parameters', () => {
    expect(byId('rotation/old', set('params: { maxAge: 60d }\n'))).toMatchObject({ assert: { rotation: { maxAge: '60d' } } });
  });

  test('declares its own, of every type', () => {
    const text = set(
      `params: { after: 9d, level: low, list: [active, inactive] }\n${own('    match: { states: $list }\n    assert: { any: [{ usage: { dormantAfter: $after } }] }\n    severityWhen: [{ match: { names: "$$level" }, severity: $level }]\n')}`,
    );
    expect(byId('acme/own', text)).toMatchObject({
      match: { states: ['active', 'inactive'] },
      assert: { any: [{ usage: { dormantAfter: '9d' } }] },
      severityWhen: [{ match: { names: '$level' }, severity: 'low' }],
    });
  });

  test('includes single policies of the library', () => {
    expect(load(set('include: ["builtin:usage/*"]\n', 'id: acme')).policies.map(({ id }) => id)).toEqual(['usage/unused']);
  });

  test('extends another of the same files', () => {
    const base = set('params: { maxAge: 60d }\n', 'id: base, extends: ["builtin:baseline"]');
    const top = set('policies: [{ id: usage/unused, disabled: true }]\n', 'id: top, extends: [base]');
    const { policies } = load(`${base}---\n${top}`);
    expect(policies.map(({ id, disabled }) => [id, disabled])).toEqual([
      ['rotation/old', false],
      ['usage/unused', true],
    ]);
    expect(policies[0]?.assert).toEqual({ rotation: { maxAge: '60d' } });
  });

  test('includes policies of the same files, and changes their parameters', () => {
    const files = [
      {
        file: 'set.yaml',
        text: set('include: [rotation/*]\nparams: { maxAge: 7d }\npolicies: [{ id: rotation/old, severity: low }]\n', 'id: acme'),
      },
      ...builtin.slice(0, 2),
    ];
    const { policies } = loadPolicies({ files, builtin: [] });
    expect(policies.map(({ id, severity }) => [id, severity])).toEqual([
      ['rotation/old', 'low'],
      ['usage/unused', 'low'],
    ]);
    expect(policies[0]?.assert).toEqual({ rotation: { maxAge: '7d' } });
  });

  test('may come twice by two ways', () => {
    const twice = set('', 'id: acme, extends: ["builtin:baseline"]') + 'include: ["builtin:usage/unused"]\n';
    expect(load(twice).policies).toHaveLength(2);
  });
});

describe('parameters from outside', () => {
  test('beat those of the set', () => {
    expect(byId('rotation/old', set('params: { maxAge: 60d }\n'), { parameters: { maxAge: '7d' } })).toMatchObject({
      assert: { rotation: { maxAge: '7d' } },
    });
  });

  test('say where they were set', () => {
    const { parameters } = load(set(''), { parameters: { maxAge: '7d' } });
    expect(parameters).toEqual([
      {
        name: 'maxAge',
        type: 'duration',
        value: '7d',
        description: 'Oldest that it may be.',
        position: { file: 'the command line or configuration' },
        isSettled: false,
      },
    ]);
  });

  test('must exist and fit', () => {
    expect(mistakesOf(() => load(set(''), { parameters: { maxAg: '7d' } }))).toMatchInlineSnapshot(
      `"the command line or configuration no policy has a parameter \`maxAg\` (did you mean \`maxAge\`?)"`,
    );
    expect(mistakesOf(() => load(set(''), { parameters: { maxAge: 'soon' } }))).toMatchInlineSnapshot(
      `"the command line or configuration parameter \`maxAge\` must be a duration, not "soon""`,
    );
  });
});

describe('terms of waivers', () => {
  const terms = (text: string) => Object.fromEntries(load(text).policies.map(({ id, waivers }) => [id, waivers]));

  test('of a set hold for its policies that have none of their own', () => {
    expect(
      terms(set('waivers: { maxDuration: $longest }\nparams: { longest: 30d }\npolicies: [{ id: usage/unused, waivers: none }]\n')),
    ).toEqual({ 'rotation/old': { maxDuration: '30d' }, 'usage/unused': 'none' });
  });

  test('are left out where nobody has any', () => {
    expect(terms(set(''))).toEqual({ 'rotation/old': undefined, 'usage/unused': undefined });
  });

  test('are a duration or none', () => {
    expect(mistakesOf(() => load(set('policies: [{ id: usage/unused, waivers: { maxDuration: soon } }]\n')))).toContain('maxDuration');
  });
});

describe('origins', () => {
  const thresholds = (text: string, rest?: Partial<LoadRequest>) =>
    load(text, rest)
      .origins.get('rotation/old')
      ?.thresholds.map(({ path, value, parameter, setAt }) => [path, value, parameter, setAt]);

  test('name the parameter and where its value was set', () => {
    const [[path, value, parameter, at] = []] = thresholds(set('params: { maxAge: 60d }\n')) ?? [];
    expect([path, value, parameter]).toEqual(['rotation.maxAge', '60d', 'maxAge']);
    expect(at).toMatch(/^a\.yaml:\d+$/);
  });

  test('name the place of a value that is written out', () => {
    expect(thresholds(set('policies:\n  - id: rotation/old\n    assert: { rotation: { maxAge: 7d } }\n'))).toEqual([
      ['rotation.maxAge', '7d', undefined, expect.stringMatching(/^a\.yaml:\d+$/)],
    ]);
  });

  test('name what the caller knows of a value from outside', () => {
    const rest = { parameters: { maxAge: '7d' }, positionOf: (name: string) => ({ file: 'overdue.yaml', line: name.length }) };
    expect(thresholds(set(''), rest)).toEqual([['rotation.maxAge', '7d', 'maxAge', 'overdue.yaml:6']]);
  });

  test('of a part are where it was overridden', () => {
    const parts = load(set('policies: [{ id: rotation/old, severity: low }]\n')).origins.get('rotation/old')?.parts;
    expect(parts?.get('severity')).toMatch(/^a\.yaml:/);
    expect(parts?.get('title')).not.toMatch(/^a\.yaml:/);
  });
});

describe('an expression', () => {
  const withParameter = (expression: string) =>
    set(`params: { longest: 30d, unread: 3 }\n${own(`    assert: { cel: "${expression}" }\n`)}`);

  test('uses a parameter that it names, and the policy keeps its value', () => {
    const text = set(`params: { longest: 30d }\n${own('    assert: { cel: "subject.age < params.longest" }\n')}`);
    expect(load(text).policies.find(({ id }) => id === 'acme/own')?.parameters).toEqual({ longest: '30d' });
  });

  test('does not use one that it does not name', () => {
    expect(mistakesOf(() => load(withParameter('subject.age < params.longest')))).toMatch(/parameter `unread` is not used/);
  });

  test('that misses a parameter says so beside the parameter that is then not used', () => {
    const text = set(`params: { longest: 30d }\n${own('    assert: { cel: "subject.age < params.longst" }\n')}`);
    expect(mistakesOf(() => load(text))).toMatchInlineSnapshot(`
      "a.yaml:12:42 no such key: longst (did you mean \`longest\`?)
        12 |     assert: { cel: "subject.age < params.longst" }
           |                                          ^^^^^^
      a.yaml:4:11 parameter \`longest\` is not used (known: maxAge)
        4 | params: { longest: 30d }
          |           ^^^^^^^"
    `);
  });

  test('stands in severityWhen by itself, short for a match', () => {
    const text = set(
      own(`    assert: { expiry: { required: true } }\n    severityWhen: [{ cel: "subject.privilege == 'admin'", severity: high }]\n`),
    );
    expect(load(text).policies.find(({ id }) => id === 'acme/own')?.severityWhen).toEqual([
      { match: { cel: "subject.privilege == 'admin'" }, severity: 'high' },
    ]);
  });
});
