import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../../src/model/operator-error.ts';
import { loadFrameworks } from '../../../src/policy/frameworks/load.ts';

const head = `apiVersion: overdue/v1
kind: Framework
id: acme-controls-3
title: Acme controls
version: "3"
source: https://acme.example/controls
verified: "2026-11-21"
extent: All of it.
`;
const file = (rest: string, name = 'acme.yaml') => ({ file: name, text: `${head}${rest}` });

function mistakesOf(...files: readonly { readonly file: string; readonly text: string }[]): readonly string[] {
  try {
    loadFrameworks(files);
    return [];
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return error.mistakes.map(
      ({ message, position }) => `${position?.file ?? ''}:${String(position?.line)}:${String(position?.column)} ${message}`,
    );
  }
}

test('requirements come by id, in the order of the framework', () => {
  const requirements =
    'requirements:\n  - { id: "2.4", title: Keys end, tested: full }\n  - { id: "2.10", title: Doors, tested: none, because: x }\n';
  const framework = loadFrameworks([file(requirements)]).get('acme-controls-3');
  expect([...(framework?.requirements.keys() ?? [])]).toEqual(['2.4', '2.10']);
  expect(framework?.titles).toBe('original');
});

test('kinds of the framework are those of a requirement that names none', () => {
  const requirements =
    'kinds: ["aws.*"]\nrequirements:\n  - { id: a, title: A, tested: full }\n  - { id: b, title: B, tested: full, kinds: [aws.iam_user] }\n';
  const framework = loadFrameworks([file(requirements)]).get('acme-controls-3');
  expect([...(framework?.requirements.values() ?? [])].map(({ kinds }) => kinds)).toEqual([['aws.*'], ['aws.iam_user']]);
});

describe('refused, all at once', () => {
  test.each([
    ['a requirement that is tested in part and does not say what is missing', 'requirements:\n  - { id: a, title: A, tested: part }\n', 10],
    [
      'a requirement that stands twice',
      'requirements:\n  - { id: a, title: A, tested: full }\n  - { id: a, title: A, tested: full }\n',
      11,
    ],
    ['an id that YAML reads as a number', 'requirements:\n  - { id: 2.10, title: A, tested: full }\n', 10],
    ['no requirement', 'requirements: []\n', 9],
    ['another word for what is tested', 'requirements:\n  - { id: a, title: A, tested: yes }\n', 10],
  ])('%s', (_, requirements, line) => {
    const mistakes = mistakesOf(file(requirements));
    expect(mistakes).not.toEqual([]);
    expect(mistakes[0]).toMatch(new RegExp(`^acme\\.yaml:${String(line)}:`));
  });

  test('an id in two files, and what is wrong in another', () => {
    const good = 'requirements:\n  - { id: a, title: A, tested: full }\n';
    expect(mistakesOf(file(good), file(good, 'other.yaml'), { file: 'broken.yaml', text: 'a: [' })).toEqual([
      expect.stringMatching(/^broken\.yaml:/),
      'other.yaml:3:5 framework `acme-controls-3` is defined twice: here and in acme.yaml',
    ]);
  });
});
