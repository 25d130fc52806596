import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import type { Measurement } from './measurement.ts';

type Scan = {
  readonly took: number;
  readonly cpu: number;
  readonly memory: number;
  readonly requests: number;
  readonly most: number;
  readonly records: number;
};
const latency = 250;

/** 200 accounts with five regions each, through one organisation: wall time and memory of a process that does nothing else. */
export function awsOrganization(): readonly Measurement[] {
  const script = join(import.meta.dirname, 'aws-organization-scan.ts');
  const said = execFileSync(process.execPath, [script, String(latency)], { encoding: 'utf8' });
  const { took, cpu, memory, requests, most, records } = JSON.parse(said) as Scan;
  return [
    {
      what: `AWS: 200 accounts, ${String(requests)} requests, ${String(records)} records`,
      value: took,
      unit: `ms at ${String(latency)} ms each`,
    },
    { what: 'AWS:   of which this machine worked', value: cpu, unit: 'ms' },
    { what: 'AWS:   requests under way at once, at most', value: most, unit: '' },
    { what: 'AWS:   peak memory of the process', value: memory, unit: 'MB', aim: { text: 'under 512', met: memory < 512 } },
  ];
}
