import { createHash } from 'node:crypto';
import type { Login } from './login.ts';

/** Names a login for the answers that are kept for it: the same in every run, and nothing secret. An App asks for each owner apart. */
export function nameOfLogin(login: Login, owner = ''): string {
  return login.by === 'app' ? `app/${login.id}/${owner.toLowerCase()}` : nameOfToken(login.token);
}

/** Tokens of installations, a workflow's among them, are new in every run; GitHub itself says whether what one was told holds for the next. */
export function nameOfToken(token: string): string {
  if (token.startsWith('ghs_')) return 'installation';
  return `token/${createHash('sha256').update(token).digest('hex').slice(0, 16)}`;
}
