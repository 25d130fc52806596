import { required } from '../../src/connector/item.ts';
import { type Json, isSet, textIn } from './answer.ts';

export type Account = {
  readonly name: string;
  readonly email: string;
  readonly uniqueId: string;
  readonly isDisabled: boolean;
};

/** Throws MalformedError for a service account that lacks what tells it from others. */
export function readAccount(item: Json): Account {
  return {
    name: required(textIn(item, 'name'), 'name'),
    email: required(textIn(item, 'email'), 'email'),
    uniqueId: required(textIn(item, 'uniqueId'), 'uniqueId'),
    isDisabled: isSet(item, 'disabled'),
  };
}

/** The names by which the sources of last use may call it. */
export function namesOf({ uniqueId, email }: Account): readonly string[] {
  return [uniqueId, email];
}

/** The service that made a default service account by itself. https://cloud.google.com/iam/docs/service-account-types#default */
export function creatorOf(email: string): string | undefined {
  if (/^\d+-compute@developer\.gserviceaccount\.com$/.test(email)) return 'Compute Engine';
  if (email.endsWith('@appspot.gserviceaccount.com')) return 'App Engine';
  return undefined;
}
