import { everywhere, type Layer, layers } from '../../../dependency-cruiser.config.ts';

/** The rules of each folder as a table of Markdown, for docs/architecture.md. */
export function layerTable(): string {
  const rows = layers.map((layer) => `| \`${layer.folder}\` | ${may(layer)} | ${mayNot(layer)} | ${layer.why} |`);
  return ['| folder | may import | may not import | because |', '|---|---|---|---|', ...rows].join('\n');
}

/** The rules that hold for every folder, as a list. */
export function ruleList(): string {
  return everywhere.map(({ name, comment }) => `- \`${name}\`: ${comment}`).join('\n');
}

function may({ folder, sees, packages, builtins }: Layer): string {
  const own = folder.endsWith('.ts') || folder === 'bin' ? [] : ['itself'];
  const parts = [...own, ...sees.map((seen) => `\`${seen}\``)];
  if (packages !== 'none') parts.push(packages === 'all' ? 'packages' : 'packages other than SDKs');
  parts.push(...(builtins === 'all' ? ['all of Node'] : builtins.map((name) => `\`node:${name}\``)));
  return parts.join(', ');
}

function mayNot({ packages, builtins }: Layer): string {
  const rest = builtins === 'all' ? [] : [builtins.length === 0 ? 'anything of Node' : 'anything else of Node'];
  if (packages === 'none') rest.unshift('a package');
  if (packages === 'all but SDKs') rest.unshift('an SDK');
  return ['any other folder', ...rest].join(', ');
}
