import type { Look } from '../../src/connector/contract.ts';
import { NotGrantedError } from './not-granted.ts';
import type { GitHubSession } from './session.ts';

const all = ['repository access: all repositories'];

/** What an App's installation was not given stays unseen. `lost`: `the others are not listed`. */
export function gapOfOthers({ organization, someRepositoriesOnly }: GitHubSession, look: Look, lost: string): void {
  if (!someRepositoriesOnly) return;
  const words = `the App is installed on some repositories of ${organization.login} only; ${lost}`;
  look.gap(`organization/${organization.login}/other repositories`, new NotGrantedError(words, all));
}

/**
 * A plain token lists what its owner may see, and says nothing of the rest: only the numbers that GitHub tells an owner of the
 * organization show that there is none.
 */
export function gapOfHidden({ organization, login }: GitHubSession, look: Look, listed: number): void {
  if (login === 'app') return;
  const { login: name, repositories } = organization;
  if (repositories !== undefined && listed >= repositories) return;
  const words =
    repositories === undefined
      ? `a plain token lists the repositories that its owner may see, and only an owner of ${name} is told how many there are`
      : `GitHub counts ${String(repositories)} repositories of ${name}, and lists ${String(listed)} of them to this token`;
  const needed = ['a GitHub App on all repositories, or a token of an owner with the scopes repo and admin:org'];
  look.gap(`organization/${name}/hidden repositories`, new NotGrantedError(words, needed));
}
