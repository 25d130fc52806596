import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { type Measurement, median } from './measurement.ts';

const runs = 31;
const program = 'dist/overdue.js';

/** How long `--version` and `--help` take as a whole process, held against a Node that does nothing. */
export function startUp(): readonly Measurement[] {
  if (!existsSync(program)) throw new Error('there is no dist yet: npm run build');
  const commands = { nothing: ['-e', '0'], version: [program, '--version'], help: [program, '--help'] };
  const times = { nothing: [] as number[], version: [] as number[], help: [] as number[] };
  // In turn, so that whatever else the machine does falls on all alike.
  for (let run = 0; run < runs; run += 1) {
    for (const name of ['nothing', 'version', 'help'] as const) times[name].push(timeOf(commands[name]));
  }
  const base = median(times.nothing);
  return [
    { what: 'start-up: node -e 0', value: base, unit: 'ms' },
    ...(['version', 'help'] as const).map((name): Measurement => {
      const ratio = median(times[name]) / base;
      return { what: `start-up: overdue --${name} / node -e 0`, value: ratio, unit: 'x', aim: { text: 'at most 2', met: ratio <= 2 } };
    }),
  ];
}

function timeOf(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
}
