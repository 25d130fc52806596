import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type Measurement, median } from './measurement.ts';

const runs = 31;
const program = 'dist/overdue.js';
const company = 'fixtures/company';

/** How long small commands take as a whole process, held against a Node that does nothing. */
export function startUp(): readonly Measurement[] {
  if (!existsSync(program)) throw new Error('there is no dist yet: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'overdue-bench-'));
  try {
    const inventory = join(folder, 'github.ndjson');
    const recorded = ['--config', `${company}/overdue.yaml`, '--replay', `${company}/traffic`];
    timeOf([program, 'collect', '--connector', 'github', ...recorded, '--output', inventory]);
    return measured(inventory);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measured(inventory: string): readonly Measurement[] {
  const commands = {
    nothing: ['-e', '0'],
    '--version': [program, '--version'],
    '--help': [program, '--help'],
    'policy list': [program, 'policy', 'list', '--no-config'],
    'evaluate, of some 100 records': [program, 'evaluate', inventory, '--no-config', '--fail-on', 'none'],
  };
  const names = Object.keys(commands) as (keyof typeof commands)[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  // In turn, so that whatever else the machine does falls on all alike.
  for (let run = 0; run < runs; run += 1) for (const name of names) times.get(name)?.push(timeOf(commands[name]));

  const took = (name: (typeof names)[number]) => median(times.get(name) ?? []);
  const ratio = (name: (typeof names)[number], most: number): Measurement => {
    const value = took(name) / took('nothing');
    return {
      what: `start-up: overdue ${name} / node -e 0`,
      value,
      unit: 'x',
      aim: { text: `at most ${String(most)}`, met: value <= most },
    };
  };
  return [
    { what: 'start-up: node -e 0', value: took('nothing'), unit: 'ms' },
    ratio('--version', 2),
    ratio('--help', 2),
    ratio('policy list', 8),
    ratio('evaluate, of some 100 records', 20),
  ];
}

function timeOf(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
}
