import { stringify } from 'yaml';
import type { RosterProposal } from './roster-proposal.ts';

/** The first version of a set-up, with comments that say what to decide. */

export function startingConfig(connectors: readonly string[], chosen: readonly string[], roster: RosterProposal | undefined): string {
  const each = connectors.map((id) => (chosen.includes(id) ? `  ${id}: {}\n` : `#  ${id}: {}\n`));
  return [
    'apiVersion: overdue/v1\nkind: Config\n\n',
    '# Each entry runs, with the login that the tools of its provider use; `overdue doctor` tries it.\n',
    // A map of comments alone would have no value.
    chosen.length === 0 ? `connectors: {}\n${each.join('')}` : `connectors:\n${each.join('')}`,
    '\npolicies: ["builtin:baseline", policies.yaml]\n',
    '\n# What your organisation holds to be true. Without a source nothing is concluded: an owner is unconfirmed, not gone.\n',
    roster ? `sources:\n${rosterLines(roster)}` : 'sources: {}\n#  people: { file: people.csv, complete: true, maxAge: 7d }\n',
    '#  vendors: { file: vendors.csv }                            # ends of contracts\n',
    '#  workloads: { file: catalog.yaml, format: backstage }      # what runs, and which team answers for it\n',
    '\nwaivers: [waivers.yaml]\nlongestWaiver: 90d\n',
    '\ngate: { failOn: high }\n',
  ].join('');
}

function rosterLines({ file, format, columns }: RosterProposal): string {
  const mapped = columns.filter(({ column, headers, isSure }) => !isSure || headers[0] !== column);
  return [
    '  people:\n',
    `    file: ${scalar(file)}\n`,
    ...(format === 'csv' ? [] : [`    format: ${format}\n`]),
    '    complete: false      # true where it lists everyone: only then does a name that it lacks mean that somebody left\n',
    '    maxAge: 7d\n',
    ...(mapped.length === 0 ? [] : ['    columns:\n']),
    ...mapped.map(
      ({ column, headers, isSure, doubt }) =>
        `      ${column}: ${scalar(headers[0] ?? '')}${isSure ? '' : `      # not sure: ${doubt ?? ''}${headers.length > 1 ? `; or ${headers.slice(1).map(scalar).join(', ')}` : ''}`}\n`,
    ),
  ].join('');
}

function scalar(text: string): string {
  return stringify(text, { lineWidth: 0, defaultStringType: 'PLAIN' }).trimEnd().replaceAll('\n', ' ');
}

export const startingWaivers = `apiVersion: overdue/v1
kind: WaiverFile
# An approved, reasoned, time-bound exception; the approver is another person, active in the roster.
#  - id: W-0001
#    policy: rotation/long-lived-credential
#    subject: { id: AKIAEXAMPLE }
#    reason: The appliance cannot reload credentials before release 8.2
#    requester: tomas@acme.example
#    approver: dana@acme.example
#    granted: 2026-10-01
#    expires: 2026-12-15
waivers: []
`;

export const startingPolicies = `apiVersion: overdue/v1
kind: PolicySet
metadata:
  id: own
  title: Our own
  extends: [builtin:baseline]
# Thresholds of the shipped policies; \`overdue policy list\` shows them all.
# params: { rotationMaxAge: 60d }
# Policies of your own; \`overdue policy new acme/name\` writes a first one.
policies: []
`;
