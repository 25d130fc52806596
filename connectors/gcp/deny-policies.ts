import type { Look } from '../../src/connector/contract.ts';
import { sharedPages } from '../../src/connector/shared-pages.ts';
import { known, unknown } from '../../src/model/fact.ts';
import { type Json, textIn } from './answer.ts';
import { type Denial, type Denials, denialsIn } from './denial.ts';
import type { IamLibrary } from './iam-library.ts';
import { remembered } from './remembered.ts';

/** Deny policies, each read once for all projects that it bears on: Google answers five such questions a minute. */
export type DenyPolicies = {
  /** Those attached to `projects/p` or what it is in, page by page, without their rules. */
  attachedTo(resource: string): AsyncIterable<readonly Json[]>;
  /** One of them by its resource name, with its rules. */
  whole(name: string): Promise<Json>;
  /** Every rule that bears on the first of these resources; rejects where one of them cannot be read. */
  bearingOn(ancestry: readonly string[]): Promise<readonly Denial[]>;
};

export function openDenyPolicies(library: () => Promise<IamLibrary>): DenyPolicies {
  const attachedTo = remembered((resource: string) => sharedPages(pagesOf(library, resource)));
  const whole = remembered(async (name: string) => (await library()).denyPolicy(name));
  return {
    attachedTo,
    whole,
    async bearingOn(ancestry) {
      const rules: Denial[] = [];
      for (const resource of ancestry) {
        for await (const page of attachedTo(resource)) {
          for (const policy of page) rules.push(...denialsIn(await whole(textIn(policy, 'name') ?? '')));
        }
      }
      return rules;
    },
  };
}

async function* pagesOf(library: () => Promise<IamLibrary>, resource: string): AsyncGenerator<readonly Json[]> {
  yield* (await library()).denyPolicies(resource);
}

/** What a session knows of its project. */
type OfProject = { readonly estate: { readonly denyPolicies: DenyPolicies | undefined }; ancestry(): Promise<readonly string[]> };

/** A refusal costs what deny policies would have told only. */
export async function learnDenials({ estate: { denyPolicies }, ancestry }: OfProject, look: Look): Promise<Denials> {
  if (denyPolicies === undefined) return undefined;
  const denials = await look.learn(async () => known(await denyPolicies.bearingOn(await ancestry())));
  return denials.state === 'absent' ? unknown('not-offered') : denials;
}
