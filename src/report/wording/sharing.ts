import type { Words } from './words.ts';

/** Of what is used by more than one. */
export const ofSharing: Words<'key-in-places' | 'several-workloads' | 'actor-mismatch' | 'actor-both' | 'environments-mixed'> = {
  'key-in-places': ({ others, places }) =>
    `the same key is ${listed(
      places.map(({ kind, scope, name }) => `${kind} ${name} of ${scope}`),
      others,
    )}`,
  'several-workloads': ({ observed }) => `used by ${String(observed.length)}: ${listed(observed, observed.length)}`,
  'actor-mismatch': ({ meant, is, ref, source }) =>
    `made for a ${meant}, and ${ref} is a ${is}${source === undefined ? '' : ` (${source})`}`,
  'actor-both': ({ ref, person, source }) => `${ref} is a person (${person}, ${source}) and runs a workload`,
  'environments-mixed': ({ claims }) => `environments are mixed: ${claims.map(({ said, by }) => `${said} (${by})`).join(', ')}`,
};

const shown = 5;

function listed(names: readonly string[], all: number): string {
  const rest = all - Math.min(names.length, shown);
  return `${names.slice(0, shown).join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}
