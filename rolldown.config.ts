import { defineConfig } from 'rolldown';
import { thirdPartyNotices } from './test/tools/build/third-party-notices.ts';

export default defineConfig({
  input: { overdue: 'bin/overdue.ts' },
  platform: 'node',
  // A package that cannot be found would stay an import of something that users do not have.
  onLog: (level, log, pass) => {
    pass(log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log);
  },
  plugins: [thirdPartyNotices({ file: 'THIRD-PARTY-NOTICES.txt' })],
  // Not minified: start-up gains nothing, and people can read what they give credentials to.
  output: { dir: 'dist', format: 'esm', cleanDir: true, chunkFileNames: 'chunks/[name]-[hash].js' },
});
