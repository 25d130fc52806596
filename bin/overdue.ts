#!/usr/bin/env node
// Plain syntax and no static imports: a Node below the floor must get as far as this message.
const floor = [22, 15];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < (floor[0] ?? 0) || (major === floor[0] && minor < (floor[1] ?? 0))) {
  process.stderr.write(
    `overdue needs Node ${floor.join('.')} or newer; this is ${process.versions.node}. Try "npm install node@24" here, then npx overdue.\n`,
  );
  process.exitCode = 2;
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const [{ main }, { processHost }, { connectors }] = await Promise.all([
    import('../src/cli/main.ts'),
    import('../src/cli/process-host.ts'),
    import('../connectors/index.ts'),
  ]);
  // All output is written by now; an idle connection must not hold the process.
  process.exit(await main(process.argv.slice(2), processHost(connectors)));
}

export {};
