import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { connector } from './connector.ts';
import { format } from './format.ts';
import { policy } from './policy.ts';
import { predicate } from './predicate.ts';
import { surface } from './surface.ts';
import type { Template } from './template.ts';

const templates: Readonly<Record<string, Template>> = { surface, connector, policy, predicate, format };

/** Writes the first files of a new thing below `root`, formatted, and gives what is left to do. Overwrites nothing. */
export async function create(what: string, name: string, root: string): Promise<readonly string[]> {
  const template = templates[what];
  if (!template) throw new Refusal(`there is no template for "${what}"; choose one of ${Object.keys(templates).join(', ')}`);
  if (!template.name.test(name)) throw new Refusal(`"${name}" is no name for a ${what}; an example is ${template.example}`);
  const { files, next } = await template.start(name, root);
  const there = Object.keys(files).filter((path) => existsSync(join(root, path)));
  if (there.length > 0) throw new Refusal(`already there: ${there.join(', ')}`);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const formatted = Object.keys(files).filter((path) => path.endsWith('.ts'));
  if (formatted.length > 0)
    execFileSync(join(import.meta.dirname, '../../../node_modules/.bin/biome'), ['format', '--write', ...formatted], {
      cwd: root,
      stdio: 'ignore',
    });
  return [...Object.keys(files).map((path) => `wrote ${path}`), ...next.map((step, index) => `${String(index + 1)}. ${step}`)];
}

/** A wrong word on the command line. */
class Refusal extends Error {}

if (import.meta.filename === process.argv[1]) {
  const [what = '', name = ''] = process.argv.slice(2);
  try {
    for (const line of await create(what, name, join(import.meta.dirname, '../../..'))) console.log(line);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`${error.message}\nusage: npm run new -- <${Object.keys(templates).join('|')}> <name>`);
    process.exitCode = 2;
  }
}
