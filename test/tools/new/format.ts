import { camelCase, type Template } from './template.ts';

export const format: Template = {
  example: 'junit',
  name: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  async start(name) {
    const id = camelCase(name);
    return {
      files: { [`src/report/${name}.ts`]: reporter(name, id) },
      next: [
        `add \`'${name}': async () => (await import('./${name}.ts')).${id},\` to src/report/index.ts`,
        'run the tests: the contract of reporters writes its golden files, which you then review',
        'npm run docs',
      ],
    };
  },
};

function reporter(name: string, id: string): string {
  return `import type { Coverage } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import type { Reporter } from './reporter.ts';

export const ${id}: Reporter = {
  id: '${name}',
  description: 'One line for each finding and for each place that was looked at.',
  *render({ findings, coverage, exit }) {
    for (const finding of findings) yield findingLine(finding);
    for (const row of coverage) yield coverageLine(row);
    yield \`exit \${String(exit.code)}\\n\`;
  },
};

function findingLine({ severity, policy, subject }: Finding): string {
  return \`\${severity} \${policy} \${subject.id}\\n\`;
}

function coverageLine({ connector, scope, surface, state, count }: Coverage): string {
  return \`\${connector} \${scope} \${surface} \${state} \${String(count)}\\n\`;
}
`;
}
