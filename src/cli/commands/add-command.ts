import type { Command } from 'commander';
import type { Host } from '../host.ts';

/** Puts one command on the program. The declaration is light; its work is imported when it is called. */
export type AddCommand = (program: Command, host: Host, outcome: { code: number }) => void;
