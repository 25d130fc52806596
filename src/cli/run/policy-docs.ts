import type { Host } from '../host.ts';
import type { GlobalOptions, JudgeOptions } from '../options.ts';
import { policyPage } from '../policy-page.ts';
import { writeOutput } from '../write-output.ts';
import { openPolicies } from './policy-set.ts';

type Options = JudgeOptions & GlobalOptions & { readonly output?: string };

/** The policies in force as Markdown, for the page on which people look up what is demanded of them. */
export async function runPolicyDocs(options: Options, host: Host): Promise<number> {
  const page = await openPolicies(options, host);
  await writeOutput(['# Policies\n\n', policyPage(page)], options.output, host);
  return 0;
}
