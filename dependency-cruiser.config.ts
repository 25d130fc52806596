import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';

/** What a folder may import. `why` is the sentence that a violation prints, and the one in docs/architecture.md. */
export type Layer = {
  readonly folder: string;
  readonly sees: readonly string[];
  readonly packages: 'none' | 'all but SDKs' | 'all';
  readonly builtins: readonly string[] | 'all';
  readonly why: string;
};

export const layers: readonly Layer[] = [
  {
    folder: 'src/model',
    sees: [],
    packages: 'none',
    builtins: [],
    why: 'The nouns stand on their own: whatever they imported, everybody would import.',
  },
  {
    folder: 'src/document',
    sees: ['src/model'],
    packages: 'all but SDKs',
    builtins: [],
    why: 'Text in, value or mistakes with positions out: reading files belongs to the command line.',
  },
  {
    folder: 'src/connector',
    sees: ['src/model'],
    packages: 'all but SDKs',
    builtins: ['crypto'],
    why: 'The contract knows no provider and no judgement, so that a connector from elsewhere is not second class.',
  },
  {
    folder: 'src/collect',
    sees: ['src/connector', 'src/model'],
    packages: 'all but SDKs',
    builtins: [],
    why: 'Collecting never judges, and it meets connectors only through the contract.',
  },
  {
    folder: 'src/sources',
    sees: ['src/document', 'src/model'],
    packages: 'all but SDKs',
    builtins: [],
    why: 'A source is parsed from text: it neither opens files nor knows what it will be held against.',
  },
  {
    folder: 'src/reconcile',
    sees: ['src/sources', 'src/document', 'src/model'],
    packages: 'all but SDKs',
    builtins: ['crypto'],
    why: 'Matching is pure: the same inventory and sources give the same subjects, whoever collected them.',
  },
  {
    folder: 'src/policy',
    sees: ['src/document', 'src/model'],
    packages: 'all but SDKs',
    builtins: ['crypto'],
    why: 'Judging never fetches and never prints: a verdict depends on subject, parameters and the given time alone.',
  },
  {
    folder: 'src/waivers',
    sees: ['src/sources', 'src/document', 'src/model'],
    packages: 'all but SDKs',
    builtins: ['crypto'],
    why: 'A waiver names its policy by id: it excuses a verdict without knowing how that was reached.',
  },
  {
    folder: 'src/history',
    sees: ['src/document', 'src/model'],
    packages: 'all but SDKs',
    builtins: ['crypto'],
    why: 'History compares finished results: it neither collects nor judges again.',
  },
  {
    folder: 'src/report',
    sees: ['src/model'],
    packages: 'all but SDKs',
    builtins: ['crypto'],
    why: 'A reporter turns a result into text: it may not print, filter, judge or decide the exit code.',
  },
  {
    folder: 'src/scan.ts',
    sees: ['src/collect', 'src/reconcile', 'src/policy', 'src/waivers', 'src/history', 'src/report', 'src/sources', 'src/model'],
    packages: 'none',
    builtins: [],
    why: 'The pipeline only puts the hops in order: all that it needs is handed in.',
  },
  {
    folder: 'src/cli',
    sees: ['src'],
    packages: 'all but SDKs',
    builtins: 'all',
    why: 'The one place with files, streams, environment, clock and process; connectors are handed to it, so it needs no SDK to start.',
  },
  {
    folder: 'connectors/index.ts',
    sees: ['src/connector', 'src/model', 'connectors'],
    packages: 'none',
    builtins: [],
    why: 'The registry loads each connector when it is asked for, and knows nothing else.',
  },
  {
    folder: 'connectors/<id>',
    sees: ['src/connector', 'src/model'],
    packages: 'all',
    builtins: ['crypto'],
    why: 'A connector sees the contract, the model and its own SDK: never another connector, a policy, a report, a file or the environment.',
  },
  {
    folder: 'bin',
    sees: ['src/cli', 'connectors'],
    packages: 'none',
    builtins: ['module', 'process'],
    why: 'The one place where connectors and engine meet; a few lines, so that nothing here needs a test of its own.',
  },
];

/** Rules that hold everywhere. */
export const everywhere: readonly (IForbiddenRuleType & { readonly name: string; readonly comment: string })[] = [
  {
    name: 'src-without-connectors',
    comment: 'The engine runs and is tested without any connector or cloud SDK; only bin hands them in.',
    from: { path: '^src/' },
    to: { path: '^connectors/' },
  },
  {
    name: 'nobody-imports-tests',
    comment: 'Tests, developer tools and benchmarks may see everything, and are seen by no one.',
    from: { pathNot: '^(?:test|bench)/' },
    to: { path: '^(?:test|bench)/' },
  },
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one thing, or miss a third one.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolved',
    comment: 'What cannot be resolved cannot be checked.',
    from: {},
    to: { couldNotResolve: true },
  },
];

const sdks = ['@aws-sdk', '@smithy', '@azure', '@azure-rest', '@octokit', '@google-cloud', 'google-auth-library', 'googleapis', 'gaxios'];
const packagePaths = { none: [], 'all but SDKs': [`^node_modules/(?!(?:${sdks.join('|')})/)`], all: ['^node_modules/'] };

export function ruleOf({ folder, sees, packages, builtins, why }: Layer): IForbiddenRuleType {
  return {
    name: folder,
    comment: why,
    severity: 'error',
    from: { path: `^${fromPattern(folder)}` },
    to: {
      pathNot: [
        ...(folder.endsWith('.ts') ? sees : [folder, ...sees]).map((seen) => `^${toPattern(seen)}`),
        ...packagePaths[packages],
        ...(builtins === 'all' ? [] : builtins.map((name) => `^(?:node:)?${name}$`)),
      ],
      ...(builtins === 'all' ? { dependencyTypesNot: ['core' as const] } : {}),
    },
  };
}

// `<id>` is whichever connector the importing file belongs to: dependency-cruiser fills $1 from the group in `from`.
function fromPattern(folder: string): string {
  return folder.endsWith('.ts') ? `${folder.replaceAll('.', '\\.')}$` : `${folder.replace('<id>', '([^/]+)')}/`;
}

function toPattern(folder: string): string {
  return `${folder.replace('<id>', '$1')}/`;
}

export default {
  forbidden: [...layers.map(ruleOf), ...everywhere.map((rule) => ({ ...rule, severity: 'error' as const }))],
  options: {
    // TypeScript 7 has no parser to offer to other tools yet; swc reads type-only imports too.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
} satisfies IConfiguration;
