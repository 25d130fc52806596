import { Optional } from '@marcbachmann/cel-js';
import type { Traits as KindTraits } from '../../model/kind.ts';
import type { ResolvedOwner } from '../../model/subject.ts';
import type { Trust as TrustEntry } from '../../model/trust.ts';

/** Parts of a subject as expressions see them; classes, since the library tells types by constructor. */
export class Traits {
  readonly expiry: string;
  readonly rotation: string;
  readonly proof: string;
  readonly actor: Optional<string>;
  readonly takesWith: readonly string[];
  readonly leavesBehind: readonly string[];

  constructor({ expiry, rotation, proof, actor, takesWith, leavesBehind }: KindTraits) {
    this.expiry = expiry;
    this.rotation = rotation;
    this.proof = proof;
    this.actor = optional(actor);
    this.takesWith = takesWith;
    this.leavesBehind = leavesBehind;
  }
}

export class Owner {
  readonly role: string;
  readonly ref: string;
  readonly by: string;
  readonly state: string;
  readonly status: Optional<string>;
  readonly person: Optional<string>;
  readonly group: Optional<string>;
  readonly control: boolean;

  constructor({ claim, state, status, person, group }: ResolvedOwner) {
    this.role = claim.role;
    this.ref = claim.ref;
    this.by = claim.by;
    this.state = state;
    this.status = optional(status);
    this.person = optional(person);
    this.group = optional(group);
    this.control = claim.control ?? false;
  }
}

export class Trust {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: Optional<string>;
  readonly party: Optional<string>;
  readonly narrowedBy: readonly string[];

  constructor({ issuer, subject, audience, party, narrowedBy }: TrustEntry) {
    this.issuer = issuer;
    this.subject = subject;
    this.audience = optional(audience);
    this.party = optional(party);
    this.narrowedBy = narrowedBy ?? [];
  }
}

function optional(text: string | undefined): Optional<string> {
  return text === undefined ? Optional.none() : Optional.of(text);
}
