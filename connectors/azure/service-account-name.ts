import { type Json, text } from './json.ts';

const words = /(?:^|[^a-z])(svc|service|srv|bot|robot|rpa|automation|batch|daemon|cron|sync)(?:$|[^a-z])/i;

/** Nothing in Entra tells a program from a person: a name that says so, of a member without an employee number, is a guess, and shown as one. */
export function serviceAccountWord({ userPrincipalName, displayName, employeeId, userType }: Json): string | undefined {
  if (userType === 'Guest' || text(employeeId) !== undefined) return undefined;
  const login = text(userPrincipalName)?.split('@')[0] ?? '';
  return (words.exec(login) ?? words.exec(text(displayName) ?? ''))?.[1]?.toLowerCase();
}

export function heuristicOf(user: Json): string {
  return `its name says "${serviceAccountWord(user) ?? ''}", and it has no employee number`;
}
