import type { Surface } from '../../src/connector/contract.ts';
import type { GitHubSession } from './session.ts';

const levels = ['read', 'write', 'admin'];

/** The login lacks permissions, seen before GitHub was asked. */
export class NotGrantedError extends Error {
  override readonly name = 'NotGrantedError';
  readonly requires: readonly string[];

  constructor(message: string, requires: readonly string[]) {
    super(message);
    this.requires = requires;
  }
}

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
      yield* surface.list(session, look);
    },
  };
}

function missingPermissions(
  { operations }: Pick<Surface<GitHubSession>, 'operations'>,
  granted: GitHubSession['permissions'],
): readonly string[] {
  if (!granted) return [];
  const needed = operations.filter((operation) => !operation.facts).map((operation) => operation.permission);
  return [...new Set(needed)].filter((permission) => !isGranted(permission, granted));
}

function isGranted(permission: string, granted: Readonly<Record<string, string>>): boolean {
  const [name = '', level = 'read'] = permission.split(':');
  return levels.indexOf(granted[name] ?? '') >= levels.indexOf(level);
}

/** The manifest from which GitHub makes an App that may read what the surfaces need, and nothing else. */
export function appManifest(permissions: readonly string[]): string {
  const granted = permissions.map((permission) => permission.split(':')).map(([name = '', level = 'read']) => [name, level] as const);
  const manifest = {
    name: 'overdue-audit',
    url: 'https://github.com',
    public: false,
    default_events: [],
    default_permissions: Object.fromEntries(granted.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
