import process from 'node:process';
import { awsOrganization } from './aws-organization.ts';
import { awsRequests } from './aws-requests.ts';
import { awsWallTime } from './aws-wall-time.ts';
import { azureRequests } from './azure-requests.ts';
import { evaluation } from './evaluation.ts';
import { gcpRequests } from './gcp-requests.ts';
import { githubRequests } from './github-requests.ts';
import type { Measurement } from './measurement.ts';
import { startUp } from './start-up.ts';

console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}\n`);
for (const measure of [startUp, evaluation, awsRequests, awsWallTime, awsOrganization, azureRequests, gcpRequests, githubRequests]) {
  for (const measurement of await measure()) console.log(line(measurement));
}

function line({ what, value, unit, aim }: Measurement): string {
  const number = value.toLocaleString('en-GB', { maximumFractionDigits: value < 100 ? 2 : 0 });
  const held = aim === undefined ? '' : `  (${aim.text}: ${aim.met ? 'met' : 'MISSED'})`;
  return `${what.padEnd(70)} ${number.padStart(12)} ${unit}${held}`;
}
