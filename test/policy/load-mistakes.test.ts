import { describe, expect, test } from 'vitest';
import { loadPolicies } from '../../src/policy/load.ts';
import { mistakesOf } from '../document/mistakes.ts';
import { builtin, load, own, set } from './library.ts';

describe('a mistake', () => {
  test('in YAML', () => {
    expect(mistakesOf(() => load('apiVersion: overdue/v1\nkind: [PolicySet\nmetadata: { id: a }\n'))).toMatchInlineSnapshot(`
      "a.yaml:3:1 Flow sequence in block collection must be sufficiently indented and end with a ]
        3 | metadata: { id: a }
          | ^"
    `);
  });

  test('in the envelope', () => {
    expect(mistakesOf(() => load('apiVersion: overdue/v2\nkind: PolicySett\n'))).toMatchInlineSnapshot(`
      "a.yaml:2:7 kind cannot be \`PolicySett\` (did you mean \`PolicySet\`?)
        2 | kind: PolicySett
          |       ^^^^^^^^^^"
    `);
    expect(mistakesOf(() => load(set('polices: []\n')))).toMatchInlineSnapshot(`
      "a.yaml:4:1 unknown key \`polices\` (did you mean \`policies\`?)
        4 | polices: []
          | ^^^^^^^"
    `);
  });

  test('in a key', () => {
    const text = set(own('    mach: { states: active }\n    assert: { rotation: { maxAge: 9d, maxOverlp: 7d } }\n'));
    expect(mistakesOf(() => load(text))).toMatchInlineSnapshot(`
      "a.yaml:11:5 unknown key \`mach\` in policies[0] (did you mean \`match\`?)
        11 |     mach: { states: active }
           |     ^^^^"
    `);
    expect(mistakesOf(() => load(text.replace('    mach: { states: active }\n', '')))).toMatchInlineSnapshot(`
      "a.yaml:11:39 unknown key \`maxOverlp\` in assert.rotation (did you mean \`maxOverlap\`?)
        11 |     assert: { rotation: { maxAge: 9d, maxOverlp: 7d } }
           |                                       ^^^^^^^^^"
    `);
  });

  test('in values, all at once', () => {
    const text = set(
      own(
        '    match: { states: actve, kinds: [aws.iam_acess_key], traits: { rotation: [replaced] } }\n    assert: { rotation: { maxAge: 90 days }, owner: { require: [tecnical] } }\n',
      ).replace('severity: low', 'severity: hgih'),
    );
    expect(mistakesOf(() => load(text))).toMatchInlineSnapshot(`
      "a.yaml:7:15 severity cannot be \`hgih\` (did you mean \`high\`?)
        7 |     severity: hgih
          |               ^^^^
      a.yaml:11:22 match.states cannot be \`actve\` (did you mean \`active\`?)
        11 |     match: { states: actve, kinds: [aws.iam_acess_key], traits: { rotation: [replaced] } }
           |                      ^^^^^
      a.yaml:11:78 match.traits.rotation[0] cannot be \`replaced\` (did you mean \`replace\`?)
        11 |     match: { states: actve, kinds: [aws.iam_acess_key], traits: { rotation: [replaced] } }
           |                                                                              ^^^^^^^^
      a.yaml:12:35 assert.rotation.maxAge is not a duration: \`90 days\` (such as 90d, 12h)
        12 |     assert: { rotation: { maxAge: 90 days }, owner: { require: [tecnical] } }
           |                                   ^^^^^^^
      a.yaml:12:65 assert.owner.require[0] cannot be \`tecnical\` (did you mean \`technical\`?)
        12 |     assert: { rotation: { maxAge: 90 days }, owner: { require: [tecnical] } }
           |                                                                 ^^^^^^^^"
    `);
  });

  test('in a kind', () => {
    expect(
      mistakesOf(() => load(set(own('    match: { kinds: [aws.iam_acess_key, "gcp.*"] }\n    assert: { expiry: { required: true } }\n')))),
    ).toMatchInlineSnapshot(`
      "a.yaml:11:22 there is no kind \`aws.iam_acess_key\` (did you mean \`aws.iam_access_key\`?)
        11 |     match: { kinds: [aws.iam_acess_key, "gcp.*"] }
           |                      ^^^^^^^^^^^^^^^^^
      a.yaml:11:41 there is no kind \`gcp.*\` (known: aws.iam_access_key, github.deploy_key)
        11 |     match: { kinds: [aws.iam_acess_key, "gcp.*"] }
           |                                         ^^^^^^^"
    `);
  });

  test('in a parameter', () => {
    expect(mistakesOf(() => load(set(own('    assert: { rotation: { maxAge: $maxAg } }\n'))))).toMatchInlineSnapshot(`
      "a.yaml:11:35 no parameter \`maxAg\` is declared (did you mean \`maxAge\`?)
        11 |     assert: { rotation: { maxAge: $maxAg } }
           |                                   ^^^^^^"
    `);
    expect(mistakesOf(() => load(set('params: { maxAgee: 60d, maxAge: 5 }\n')))).toMatchInlineSnapshot(`
      "a.yaml:4:25 parameter \`maxAge\` must be a duration, not 5
        4 | params: { maxAgee: 60d, maxAge: 5 }
          |                         ^^^^^^
      a.yaml:4:11 parameter \`maxAgee\` is not used (did you mean \`maxAge\`?)
        4 | params: { maxAgee: 60d, maxAge: 5 }
          |           ^^^^^^^"
    `);
  });

  test('in a value that only a parameter brings in', () => {
    expect(
      mistakesOf(() =>
        load(
          set(
            `params: { level: hgih }\n${own('    assert: { expiry: { required: true } }\n').replace('severity: low', 'severity: $level')}`,
          ),
        ),
      ),
    ).toMatchInlineSnapshot(`
      "a.yaml:8:15 severity cannot be \`hgih\` (did you mean \`high\`?)
        8 |     severity: $level
          |               ^^^^^^"
    `);
  });

  test('in a predicate that cannot judge the subject', () => {
    expect(
      mistakesOf(() => load(set(own('    assert: { any: [{ exception: { matched: true } }, { expiry: { required: true } }] }\n')))),
    ).toMatchInlineSnapshot(`
      "a.yaml:11:23 \`exception\` cannot judge a credential
        11 |     assert: { any: [{ exception: { matched: true } }, { expiry: { required: true } }] }
           |                       ^^^^^^^^^"
    `);
    const waiver = own('    match: { states: active }\n    assert: { exception: { matched: true } }\n').replace(
      'subject: credential',
      'subject: waiver',
    );
    expect(mistakesOf(() => load(set(waiver)))).toMatchInlineSnapshot(`
      "a.yaml:8:14 a policy on waivers judges every waiver: leave out match, exclude and severityWhen
        8 |     subject: waiver
          |              ^^^^^^"
    `);
  });

  test('in expressions, wherever they stand and however they are quoted, all at once', () => {
    const text = set(
      own(`    match: { cel: subject.nam == 'x' }
    exclude: [{ cel: "size(subject.tags) = 1", because: it is }]
    severityWhen: [{ cel: 'subject.privilege == 1', severity: high }]
    assert:
      any:
        - cel: |
            subject.age > days(3)
            && subject.expiresAt
        - cel: >-
            subject.age >
            params.maxAeg
`),
    );
    expect(mistakesOf(() => load(text))).toMatchInlineSnapshot(`
      "a.yaml:11:27 no such key: nam (did you mean \`name\`?)
        11 |     match: { cel: subject.nam == 'x' }
           |                           ^^^
      a.yaml:12:42 unexpected character: =
        12 |     exclude: [{ cel: "size(subject.tags) = 1", because: it is }]
           |                                          ^
      a.yaml:13:28 no such overload: optional<string> == int
        13 |     severityWhen: [{ cel: 'subject.privilege == 1', severity: high }]
           |                            ^^^^^^^^^^^^^^^^^^^^^^
      a.yaml:17:13 logical operator requires bool operands, got 'optional<timestamp>' (it may be absent: ask \`!= null\` and then \`.value()\`, or \`.orValue(…)\`)
        17 |             subject.age > days(3)
           |             ^^^^^^^^^^^^^^^^^^^^^
      a.yaml:21:20 no such key: maxAeg (did you mean \`maxAge\`?)
        21 |             params.maxAeg
           |                    ^^^^^^"
    `);
  });

  test('by an expression on what it cannot see', () => {
    const text = set(own('    match: { cel: "1" }\n    assert: { cel: "true" }\n').replace('subject: credential', 'subject: coverage'));
    expect(mistakesOf(() => load(text))).toMatchInlineSnapshot(`
      "a.yaml:12:15 \`cel\` cannot judge a coverage
        12 |     assert: { cel: "true" }
           |               ^^^
      a.yaml:11:14 \`cel\` cannot match a coverage
        11 |     match: { cel: "1" }
           |              ^^^"
    `);
  });

  test('by a match that its subject does not have', () => {
    const text = set(own('    match: { surfaces: [aws.iam_user] }\n    assert: { expiry: { required: true } }\n'));
    expect(mistakesOf(() => load(text))).toMatchInlineSnapshot(`
      "a.yaml:11:14 \`surfaces\` cannot match a credential
        11 |     match: { surfaces: [aws.iam_user] }
           |              ^^^^^^^^"
    `);
  });

  test('in what a set extends, includes or overrides', () => {
    expect(mistakesOf(() => load(set('', 'id: acme, extends: ["builtin:basline"]')))).toMatchInlineSnapshot(`
      "a.yaml:3:33 there is no policy set \`builtin:basline\` (did you mean \`builtin:baseline\`?)
        3 | metadata: { id: acme, extends: ["builtin:basline"] }
          |                                 ^^^^^^^^^^^^^^^^^"
    `);
    expect(mistakesOf(() => load(set('include: ["builtin:usge/*"]\n')))).toMatchInlineSnapshot(`
      "a.yaml:4:11 \`builtin:usge/*\` includes no policy (known: builtin:rotation/old, builtin:usage/unused)
        4 | include: ["builtin:usge/*"]
          |           ^^^^^^^^^^^^^^^^"
    `);
    expect(mistakesOf(() => load(set('policies: [{ id: usage/unusd, disabled: true }]\n')))).toMatchInlineSnapshot(`
      "a.yaml:4:18 there is no policy \`usage/unusd\` to change here (did you mean \`usage/unused\`?)
        4 | policies: [{ id: usage/unusd, disabled: true }]
          |                  ^^^^^^^^^^^"
    `);
  });

  test('by a circle', () => {
    const text = [set('', 'id: a, extends: [b]'), set('', 'id: b, extends: [c]'), set('', 'id: c, extends: [a]')].join('---\n');
    expect(mistakesOf(() => load(text))).toMatchInlineSnapshot(`
      "a.yaml:11:30 \`c\` extends itself: a -> b -> c -> a
        11 | metadata: { id: c, extends: [a] }
           |                              ^"
    `);
  });

  test('by a circle beside a set that is well', () => {
    const text = [set('', 'id: a, extends: [b]'), set('', 'id: b, extends: [a]'), set('', 'id: c')].join('---\n');
    expect(mistakesOf(() => load(text))).toContain('`b` extends itself: a -> b -> a');
  });

  test('by a policy of its own file under an id that a set already has', () => {
    const [{ text } = { text: '' }] = builtin;
    const files = [
      { file: 'a.yaml', text: set('') },
      { file: 'b.yaml', text },
    ];
    expect(mistakesOf(() => loadPolicies({ files, builtin }))).toContain(
      'policy `rotation/old` is defined twice: here and at policies/rotation/old.yaml:3',
    );
  });

  test('by one id twice', () => {
    expect(
      mistakesOf(() => load(set('policies: [{ id: usage/unused, severity: high }, { id: usage/unused, severity: info }]\n'))),
    ).toMatchInlineSnapshot(`
      "a.yaml:4:56 policy \`usage/unused\` is defined twice: here and at a.yaml:4
        4 | policies: [{ id: usage/unused, severity: high }, { id: usage/unused, severity: info }]
          |                                                        ^^^^^^^^^^^^"
    `);
    const two = [
      set('policies: [{ id: usage/unused, severity: high }]\n', 'id: a, extends: ["builtin:baseline"]'),
      set('policies: [{ id: usage/unused, severity: info }]\n', 'id: b, extends: ["builtin:baseline"]'),
    ];
    expect(mistakesOf(() => load(two.join('---\n')))).toMatchInlineSnapshot(`
      "a.yaml:9:18 policy \`usage/unused\` is defined twice: here and at a.yaml:4
        9 | policies: [{ id: usage/unused, severity: info }]
          |                  ^^^^^^^^^^^^"
    `);
    expect(mistakesOf(() => load([set(''), set('')].join('---\n')))).toMatchInlineSnapshot(`
      "a.yaml:7:17 policy set \`acme\` is defined twice: here and in a.yaml
        7 | metadata: { id: acme, extends: ["builtin:baseline"] }
          |                 ^^^^"
    `);
  });

  test('by one parameter with two values', () => {
    const two = [
      set('params: { maxAge: 60d }\n', 'id: a, extends: ["builtin:baseline"]'),
      set('params: { maxAge: 30d }\n', 'id: b, extends: ["builtin:baseline"]'),
    ];
    expect(mistakesOf(() => load(two.join('---\n')))).toMatchInlineSnapshot(`
      "a.yaml:9:11 parameter \`maxAge\` has two values: "30d" here, "60d" at a.yaml:4 (give it one value under \`params\` of the set that uses both)
        9 | params: { maxAge: 30d }
          |           ^^^^^^"
    `);
    expect(load([...two, set('params: { maxAge: 9d }\n', 'id: c, extends: [a, b]')].join('---\n')).policies).toHaveLength(2);
  });

  test('in an example', () => {
    const text = set(
      own(
        '    assert: { expiry: { required: true } }\n    examples:\n      - { name: one, given: { kind: aws.iam_user, expiresAt: soon, ownr: [] }, expect: passes }\n',
      ),
    );
    expect(mistakesOf(() => load(text))).toMatchInlineSnapshot(`
      "a.yaml:13:62 policies[0].examples[0].given.expiresAt is not a time: \`soon\` (such as 91d ago, in 30d, never, unknown)
        13 |       - { name: one, given: { kind: aws.iam_user, expiresAt: soon, ownr: [] }, expect: passes }
           |                                                              ^^^^
      a.yaml:13:68 unknown key \`ownr\` in policies[0].examples[0].given (did you mean \`owners\`?)
        13 |       - { name: one, given: { kind: aws.iam_user, expiresAt: soon, ownr: [] }, expect: passes }
           |                                                                    ^^^^
      a.yaml:13:88 policies[0].examples[0].expect cannot be \`passes\` (did you mean \`pass\`?)
        13 |       - { name: one, given: { kind: aws.iam_user, expiresAt: soon, ownr: [] }, expect: passes }
           |                                                                                        ^^^^^^"
    `);
  });

  test('in several files is told for each', () => {
    const files = [
      { file: 'a.yaml', text: 'kind: Policy\n' },
      { file: 'b.yaml', text: 'a: [\n' },
    ];
    expect(mistakesOf(() => loadPolicies({ files, builtin }))).toMatchInlineSnapshot(`
      "b.yaml:2:1 Flow sequence in block collection must be sufficiently indented and end with a ]
        2 | 
          | ^
      a.yaml:1:1 \`apiVersion\` is missing
        1 | kind: Policy
          | ^^^^
      a.yaml:1:1 \`id\` is missing
        1 | kind: Policy
          | ^^^^
      a.yaml:1:1 \`title\` is missing
        1 | kind: Policy
          | ^^^^
      a.yaml:1:1 \`severity\` is missing
        1 | kind: Policy
          | ^^^^
      a.yaml:1:1 \`subject\` is missing
        1 | kind: Policy
          | ^^^^
      a.yaml:1:1 \`assert\` is missing
        1 | kind: Policy
          | ^^^^
      a.yaml:1:1 \`why\` is missing
        1 | kind: Policy
          | ^^^^
      a.yaml:1:1 \`fix\` is missing
        1 | kind: Policy
          | ^^^^"
    `);
  });
});
