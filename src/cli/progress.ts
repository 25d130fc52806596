import type { Coverage } from '../model/coverage.ts';
import { printable } from '../model/printable.ts';
import type { Host } from './host.ts';
import type { GlobalOptions } from './options.ts';

/** What is going on, on stderr: one moving line for a terminal, one line per place in CI, nothing in a plain pipe. */
export type Progress = {
  onPlace(connector: string, scope: string): void;
  onCoverage(coverage: Coverage): void;
  note(text: string): void;
  /** Clears the moving line. */
  end(): void;
};

export function openProgress({ quiet, progress }: GlobalOptions, { stderr, env }: Host): Progress {
  const silent = quiet === true || !progress;
  const inCi = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false';
  const moving = !silent && !inCi && stderr.isTTY && env['TERM'] !== 'dumb';
  let places = 0;
  let done = 0;
  let records = 0;
  let now = '';

  function draw(): void {
    if (!moving) return;
    const line = `${String(done)} surfaces done, ${String(records)} records, ${String(places)} places  ${now}`;
    void stderr.write(`\r\u001b[2K${line.slice(0, stderr.columns - 1)}`);
  }

  return {
    onPlace(connector, scope) {
      places += 1;
      now = printable(`${connector} ${scope}`);
      draw();
    },
    onCoverage(coverage) {
      if (coverage.state === 'not-enumerable') return;
      done += 1;
      records += coverage.count;
      now = printable(`${coverage.surface} ${coverage.scope}`);
      if (inCi && !silent) void stderr.write(`${now}: ${coverage.state}, ${String(coverage.count)}\n`);
      draw();
    },
    note(text) {
      if (quiet === true) return;
      if (moving) void stderr.write('\r\u001b[2K');
      void stderr.write(`${printable(text)}\n`);
    },
    end() {
      if (moving) void stderr.write('\r\u001b[2K');
    },
  };
}
