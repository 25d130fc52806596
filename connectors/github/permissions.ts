import type { Surface } from '../../src/connector/contract.ts';
import { NotGrantedError } from './not-granted.ts';
import { classify } from './refusal.ts';
import type { GitHubSession } from './session.ts';

const levels = ['read', 'write', 'admin'];

/**
 * Compares what an App's installation was granted with what the surface declares, before it asks: GitHub often answers a missing
 * permission with 404, which names nothing. https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function permitted(surface: Surface<GitHubSession>): Surface<GitHubSession> {
  return {
    ...surface,
    async *list(session, look) {
      const missing = missingPermissions(surface, session.permissions);
      if (missing.length > 0)
        throw new NotGrantedError(`the App's installation in ${session.organization.login} was not granted ${missing.join(', ')}`, missing);
      try {
        yield* surface.list(session, look);
      } catch (error) {
        const refusal = classify(error);
        if (refusal?.why !== 'permission-denied' || session.login === 'app') throw error;
        const requires = refusal.requires ?? neededPermissions(surface);
        throw new NotGrantedError(`${refusal.detail}; ${narrowSight[session.login]}`, requires);
      }
    },
  };
}

function missingPermissions(
  { operations }: Pick<Surface<GitHubSession>, 'operations'>,
  granted: GitHubSession['permissions'],
): readonly string[] {
  if (!granted) return [];
  // What only writers may list is asked for by a setting, and GitHub itself says whether the App may.
  const reading = neededPermissions({ operations }).filter((permission) => permission.endsWith(':read'));
  return reading.filter((permission) => !isGranted(permission, granted));
}

function neededPermissions({ operations }: Pick<Surface<GitHubSession>, 'operations'>): readonly string[] {
  return [...new Set(operations.filter((operation) => !operation.facts).map((operation) => operation.permission))].toSorted();
}

/** What a login that is no App cannot see, said where it was refused. */
const narrowSight = {
  token: 'a plain token sees what its owner may see; an App that was granted the permission sees all of it',
  workflow: 'if it is the GITHUB_TOKEN of a workflow: that one sees its own repository and never the organization; log in as an App',
} as const;

function isGranted(permission: string, granted: Readonly<Record<string, string>>): boolean {
  const [name = '', level = 'read'] = permission.split(':');
  return levels.indexOf(granted[name] ?? '') >= levels.indexOf(level);
}

/** The manifest from which GitHub makes an App that may read what the surfaces need, and nothing else. */
export function appManifest(permissions: readonly string[]): string {
  // The scopes of classic tokens are not for an App, and no App of ours is to write, also where GitHub shows a list only to those who may.
  const ofApp = permissions.filter((permission) => /^[a-z_]+:read$/.test(permission));
  const granted = ofApp.map((permission) => permission.split(':')).map(([name = '', level = 'read']) => [name, level] as const);
  const manifest = {
    name: 'overdue-audit',
    url: 'https://github.com',
    public: false,
    default_events: [],
    default_permissions: Object.fromEntries(granted.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
