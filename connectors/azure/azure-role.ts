// https://learn.microsoft.com/en-us/azure/role-based-access-control/role-definitions
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { type Json, isJson } from './json.ts';

/** Whoever may do this gives themselves any other role at the same scope. */
const assigning = 'microsoft.authorization/roleassignments/write';

/** How far a role reaches at its scope, by the actions that it allows, of the control plane and of data. */
export function levelOfActions(permissions: unknown): Fact<PrivilegeLevel> {
  if (!Array.isArray(permissions)) return unknown('not-offered', 'the definition of its role could not be read');
  const parts = permissions.filter(isJson);
  if (parts.some((part) => allows(part, assigning))) return known('admin');
  const actions = parts.flatMap((part) => [...words(part['actions']), ...words(part['dataActions'])]);
  if (actions.length === 0) return known('none');
  return known(actions.every((action) => action.endsWith('/read')) ? 'read' : 'write');
}

function allows(part: Json, action: string): boolean {
  return words(part['actions']).some((each) => covers(each, action)) && !words(part['notActions']).some((each) => covers(each, action));
}

/** `*` stands for any run of characters. */
function covers(pattern: string, action: string): boolean {
  const parts = pattern.split('*');
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && parts.length > 1) return action.length - part.length >= at && action.endsWith(part);
    const found = action.indexOf(part, at);
    if (found === -1 || (index === 0 && found !== 0)) return false;
    at = found + part.length;
  }
  return at === action.length;
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string').map((each) => each.toLowerCase()) : [];
}
