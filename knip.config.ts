import type { KnipConfig } from 'knip';

export default {
  entry: ['bin/overdue.ts', 'bench/*.ts', 'test/tools/*/index.ts'],
  project: ['bin/**/*.ts', 'src/**/*.ts', 'connectors/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts', '*.config.ts'],
  ignoreExportsUsedInFile: true,
  // dependency-cruiser loads it by name, as the parser of its configuration.
  ignoreDependencies: ['@swc/core'],
} satisfies KnipConfig;
