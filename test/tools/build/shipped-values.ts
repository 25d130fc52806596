import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { parseDocuments } from '../../../src/document/parse.ts';

const placeholder = 'src/cli/shipped-values.ts';

/** Puts what the shipped policies and frameworks say into the program, so that no run has to parse and check them. Tests hold them valid. */
export function shippedValues(): Plugin {
  return {
    name: 'shipped-values',
    load(id) {
      if (!id.replaceAll('\\', '/').endsWith(placeholder)) return null;
      const values = JSON.stringify(valuesIn('policies'));
      return { code: `export const shippedValues = new Map(JSON.parse(${JSON.stringify(values)}));\n`, moduleType: 'js' };
    },
  };
}

/** Name and value of every file, as the program sorts them. */
export function valuesIn(root: string): readonly (readonly [name: string, value: unknown])[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return names.toSorted().map((name) => [name.replaceAll('\\', '/'), onlyValue(name, readFileSync(join(root, name), 'utf8'))]);
}

function onlyValue(name: string, text: string): unknown {
  const [document, second] = parseDocuments(name, text);
  if (!document || second) throw new Error(`${name} must hold one document`);
  return document.value;
}
