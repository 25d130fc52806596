import { Command, CommanderError, Option } from 'commander';
import { OperatorError } from '../model/operator-error.ts';
import { colorLevel } from './color.ts';
import { commands } from './commands/index.ts';
import type { Host } from './host.ts';
import { Interruption } from './interruption.ts';
import { addGlobalOptions } from './options.ts';

/** Runs one command line and gives its exit code. Nothing below here ends the process. */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  const outcome = { code: 0 };
  const program = buildProgram(host, outcome);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return outcome.code;
  } catch (error) {
    // Commander has printed its own message: help and version end with 0, every usage error with 2.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    // Where the operator's signal ended a request, there is nothing to explain.
    if (error instanceof Interruption) return error.exitCode;
    const { errorText } = await import('./print-error.ts');
    await host.stderr.write(errorText(error, colorLevel(host.stderr, colorChoice(program), host.env)));
    return error instanceof OperatorError ? 2 : 4;
  }
}

export function buildProgram(host: Host, outcome: { code: number }): Command {
  const program = addGlobalOptions(new Command('overdue'))
    .description('Finds the credentials and non-human identities that should be gone, and says what it could not see.')
    .version(host.version, '-V, --version')
    .addHelpOption(new Option('-h, --help', 'help for a command').helpGroup('Global:'))
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true, optionDescription })
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(overdue --help lists commands and options)')
    .addHelpText('after', footer)
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
      getOutHelpWidth: () => (host.stdout.isTTY ? Math.min(host.stdout.columns, 110) : 100),
      getErrHelpWidth: () => 100,
      getOutHasColors: () => colorLevel(host.stdout, 'auto', host.env) > 0,
      getErrHasColors: () => colorLevel(host.stderr, 'auto', host.env) > 0,
    });
  for (const { group, add } of commands) {
    program.commandsGroup(group);
    add(program, host, outcome);
  }
  return program;
}

/** Shorter than commander's own: that every option is a variable is said once, below. */
function optionDescription({ description, argChoices, defaultValue }: Option): string {
  const choices = argChoices ? `: ${argChoices.join(', ')}` : '';
  return `${description}${choices}${defaultValue === undefined || typeof defaultValue === 'boolean' ? '' : ` (default ${String(defaultValue)})`}`;
}

const footer = `
Each option is also an environment variable: --fail-on is OVERDUE_FAIL_ON.

Exit codes:
  0  looked everywhere, nothing at or above the gate
  1  findings at or above the gate
  2  could not run: usage, configuration, login, or every connector failed
  3  nothing gated, but coverage is incomplete
  4  internal failure
`;

function colorChoice(program: Command): 'auto' | 'always' | 'never' {
  const { color } = program.opts<{ color: 'auto' | 'always' | 'never' | false }>();
  return color === false ? 'never' : color;
}
