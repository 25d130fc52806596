import type { RuleTester } from 'oxlint/plugins-dev';

/** oxlint names the type of a rule only where its tester takes one. */
export type Rule = Parameters<RuleTester['run']>[1];
