import type { InventoryRecord } from '../../model/inventory.ts';
import type { Trust } from '../../model/trust.ts';
import { fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { untilTheEnd } from '../facts.ts';
import { allOf } from '../logic.ts';
import type { Test } from '../predicate.ts';

const issuer = 'token.actions.githubusercontent.com';

/** A name that is free again belongs to whoever registers it next, and the trust with it. */
export const repositoryIsThere: Test = ({ record, run }) => {
  const named = repositoriesOf(record);
  if (named.length === 0) return notApplicable;
  if (!run) return untilTheEnd;
  return allOf(
    named.map((repository) => {
      const isThere = run.hasRepository(repository);
      if (isThere === undefined)
        return undecided('repository', {
          why: 'not-looked',
          detail: `this run did not list the repositories of the owner of ${repository}`,
        });
      return isThere ? pass : fail({ code: 'trust-repository-gone', issuer, repository });
    }),
  );
};

export function namesRepository(record: InventoryRecord): boolean {
  return repositoriesOf(record).length > 0;
}

function repositoriesOf(record: InventoryRecord): readonly string[] {
  if (record.record === 'grant' || record.trust === undefined) return [];
  return [...new Set(record.trust.flatMap(repositoryOf))];
}

/** `repo:acme/shop:ref:refs/heads/main`, or with numbers `repo:acme@12/shop@34:…`; a name with a wildcard in it names none. */
function repositoryOf({ issuer: vouches, subject }: Trust): readonly string[] {
  const name = vouches.replace(/^https:\/\//, '').startsWith(issuer) ? /^repo:([^/:*?]+\/[^/:*?]+):/.exec(subject)?.[1] : undefined;
  return name === undefined ? [] : [name.replaceAll(/@\d+/g, '')];
}
