import type { TrustCode } from '../../model/reason.ts';
import type { Words } from './words.ts';

/** Of whom it lets in. */
export const ofTrust: Words<TrustCode | 'trust-repository-gone'> = {
  'trust-wildcard': (given) => `trusts ${whom(given)}: more than one subject`,
  'trust-unbounded': (given) => `trusts ${whom(given)}, which anybody can be`,
  'trust-no-audience': (given) => `trusts ${whom(given)} with a token made for anybody`,
  'trust-no-external-id': ({ subject }) => `lets in ${subject} without an external id`,
  'trust-name-recyclable': (given) => `trusts ${whom(given)} by a name that somebody else can register once it is free`,
  'trust-anyone': () => 'lets in anybody',
  'trust-repository-gone': ({ repository, issuer }) =>
    `trusts repository ${repository} of ${issuer}, which is not there: deleted, moved or renamed`,
  'trust-deleted': ({ subject }) => `still lets in ${subject}, who was deleted`,
};

function whom({ issuer, subject }: { readonly issuer: string; readonly subject: string }): string {
  return `${subject === '' ? 'any subject' : subject} of ${issuer}`;
}
