import { chmod } from 'node:fs/promises';
import { build } from 'rolldown';
import { shippedValues } from './shipped-values.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

// Everything that runs, in `dist`: one entry, and one lazy chunk for each dynamic import. Packages are bundled, none stays outside.
const { output } = await build({
  input: { overdue: 'bin/overdue.ts' },
  platform: 'node',
  // ES builds before CommonJS ones, whose unused commands cannot be dropped: that of EC2 weighs 2 MB, its one command here 17 KB.
  resolve: { mainFields: ['module', 'main'] },
  // CommonJS packages that look beside themselves when they load: google-gax for descriptions of gRPC, which are not needed.
  transform: { define: { __dirname: 'import.meta.dirname' } },
  // A package that cannot be found would stay an import of something that users do not have.
  onLog: (level, log, pass) => {
    pass(log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log);
  },
  plugins: [shippedValues(), thirdPartyNotices({ file: 'THIRD-PARTY-NOTICES.txt' })],
  // Not minified: start-up gains nothing, and people can read what they give credentials to.
  output: { dir: 'dist', format: 'esm', cleanDir: true, chunkFileNames: 'chunks/[name]-[hash].js' },
});
// npm sets this on installing only; npx in a checkout runs the file as it is.
await chmod('dist/overdue.js', 0o755);
// Not on stdout: that belongs to `npm pack --json`.
console.error(`dist: ${String(output.length)} files`);
