import { expect, test } from 'vitest';
import { loadFrameworks } from '../../src/policy/frameworks/load.ts';
import { loadPolicies } from '../../src/policy/load.ts';
import type { PolicyFile } from '../../src/policy/sheet.ts';
import { mistakesOf } from '../document/mistakes.ts';
import { valuesIn } from '../tools/build/shipped-values.ts';
import { frameworks, kindsOfConnectors, shipped, shippedSets } from './shipped.ts';

const kinds = await kindsOfConnectors();
const values = new Map(valuesIn('policies').map(([name, value]) => [`policies/${name}`, value]));
const texts = new Map(shipped.map(({ file, text }) => [file, text]));
/** As the built program has them: its text is read only where somebody asks for a position. */
function built(onRead: (file: string) => void): readonly PolicyFile[] {
  return shipped.map(({ file }) => ({
    file,
    value: values.get(file),
    get text() {
      onRead(file);
      return texts.get(file) ?? '';
    },
  }));
}
const own = (text: string) => [{ file: 'own.yaml', text: `apiVersion: overdue/v1\nkind: PolicySet\n${text}` }];

test.each(shippedSets.map(({ file }) => file.replace(/^.*\/|\.yaml$/g, '')))('%s is the same with values and with texts', (set) => {
  const files = own(`metadata: { id: own, extends: ["builtin:${set}"] }\n`);
  const fromTexts = loadPolicies({ files, builtin: shipped, kinds, frameworks });
  const fromValues = loadPolicies({ files, builtin: built(() => undefined), kinds, frameworks });
  expect(fromValues.policies).toEqual(fromTexts.policies);
  const told = ({ name, value, position: { file, line, column, frame } }: (typeof fromTexts.parameters)[number]) => [
    name,
    value,
    file,
    line,
    column,
    frame,
  ];
  expect(fromValues.parameters.map(told)).toEqual(fromTexts.parameters.map(told));
  expect([...fromValues.origins].map(([id, { parts, thresholds }]) => [id, parts, thresholds])).toEqual(
    [...fromTexts.origins].map(([id, { parts, thresholds }]) => [id, parts, thresholds]),
  );
});

test('frameworks are the same with values and with texts', () => {
  const files = [...values].filter(([file]) => file.startsWith('policies/frameworks/')).map(([file, value]) => ({ file, value, text: '' }));
  expect(loadFrameworks(files)).toEqual(frameworks);
});

test('no text is read as long as nobody asks where something stands', () => {
  const read: string[] = [];
  const { policies } = loadPolicies({ files: [], builtin: built((file) => read.push(file)), kinds, frameworks });
  expect(read).toEqual([]);
  expect(policies.find(({ id }) => id === 'rotation/long-lived-credential')?.source).toBe('policies/rotation/long-lived-credential.yaml:4');
  expect(read).toEqual(['policies/rotation/long-lived-credential.yaml']);
});

test('what the operator changes of a shipped policy is checked', () => {
  const load = (text: string) => loadPolicies({ files: own(text), builtin: built(() => undefined), kinds, frameworks });
  const extending = 'metadata: { id: own, extends: ["builtin:baseline"] }\n';
  expect(
    mistakesOf(() => load(`${extending}policies: [{ id: rotation/long-lived-credential, match: { kinds: aws.iam_acces_key } }]\n`)),
  ).toContain('there is no kind `aws.iam_acces_key`');
  expect(mistakesOf(() => load(`${extending}params: { liveLifecycles: 7d }\n`))).toContain('parameter `liveLifecycles` must be a list');
  expect(mistakesOf(() => load(`${extending}params: { liveLifecycles: [] }\n`))).toContain('assert.orphan.workload.lifecycle is empty');
});
