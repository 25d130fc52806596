import type { Privilege } from '../../src/connector/privilege.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, type Unknown, known, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { awsPolicy, quarantine } from './aws-managed-policies.ts';
import type { Attachable, Held } from './held-policies.ts';
import { type Statement, parseStatements } from './policy-statement.ts';
import { type Holding, type NamedPolicy, further, privilegeOf, privilegeWithin } from './privilege.ts';

/** All policies of one identity, its groups' included, and those whose text could not be had. */
type Holdings = { readonly holding: Holding; readonly unread: readonly Unknown[] };

/** Gathers what an identity holds, by itself and through its groups. */
function holdingsOf(held: Held, { groups, policies }: Attachable): Holdings {
  const statements: Statement[] = [];
  const named: NamedPolicy[] = [];
  const unread: Unknown[] = [];

  const add = ({ inline, attached }: Held, by: string): void => {
    for (const { name, document } of inline) take(read(document, `${by}inline policy ${name}`), statements, unread);
    for (const arn of attached) {
      const policy = awsPolicy(arn);
      if (policy && 'level' in policy) named.push({ ...policy, name: `${by}${policy.name}` });
      else take(policy?.statements ?? policies.get(arn) ?? unlisted(arn), statements, unread);
    }
  };

  add(held, '');
  for (const name of held.groups) {
    const group = groups.get(name);
    if (group) add(group, `group ${name}, `);
    else unread.push(unlisted(`group ${name}`));
  }
  return { holding: { statements, named, ...boundaryOf(held.boundary, policies) }, unread };
}

/** How far it reaches; unknown where a policy could not be read that may lead further. */
export function reachOf(held: Held, attachable: Fact<Attachable>): Fact<Privilege> {
  if (attachable.state !== 'known') return attachable.state === 'unknown' ? attachable : unknown('not-looked');
  const { holding, unread } = holdingsOf(held, attachable.value);
  return unlessUnread(privilegeOf(holding), unread, 'admin');
}

/** Policies of AWS that speak of one service alone. */
const ofService: Readonly<Record<string, RegExp>> = {
  bedrock: /^AmazonBedrock/,
  cassandra: /^AmazonKeyspaces/,
  codecommit: /^AWSCodeCommit/,
  logs: /^CloudWatchLogs/,
};

/** How far it reaches within one service, for what opens only that. Policies of AWS for other things are not read, so they leave a doubt. */
export function reachWithin(service: string, held: Held, attachable: Fact<Attachable>): Fact<Privilege> {
  if (attachable.state !== 'known') return attachable.state === 'unknown' ? attachable : unknown('not-looked');
  const { holding, unread } = holdingsOf(held, attachable.value);
  const named = holding.named.filter(({ level }) => level !== 'none');
  const own = named.filter(({ name }) => ofService[service]?.test(name) === true);
  const best = own
    .map(({ name, level }): Privilege => ({ level: level === 'read' ? 'read' : 'write', because: [name] }))
    .reduce(further, privilegeWithin(service, holding));
  if (best.level === 'write') return known(best);
  const other = named.find((policy) => !own.includes(policy));
  return other ? unknown('not-looked', `what ${other.name} allows there is not read`) : unlessUnread(best, unread, 'write');
}

/** `most`: a level that no other policy could raise. */
function unlessUnread(privilege: Privilege, unread: readonly Unknown[], most: PrivilegeLevel): Fact<Privilege> {
  const [first] = unread;
  return first === undefined || privilege.level === most ? known(privilege) : first;
}

/** For credentials, whose own listing does not tell it. */
export function reachEvidence(reach: Fact<Privilege>, observedAt: Instant): readonly Provenance[] {
  return reach.state === 'known' ? [{ operation: 'iam:GetAccountAuthorizationDetails', observedAt, fields: ['privilege'] }] : [];
}

/** The policy by which AWS has fenced in a user one of whose keys was found in public. */
export function quarantineOf({ attached }: Held): string | undefined {
  return attached.map((arn) => arn.split('/').at(-1) ?? '').find((name) => quarantine.test(name));
}

function boundaryOf(arn: string | undefined, policies: Attachable['policies']): Pick<Holding, 'boundary'> {
  const own = arn === undefined ? undefined : policies.get(arn);
  if (own && !(own instanceof MalformedError)) return { boundary: { statements: own } };
  const policy = arn === undefined ? undefined : awsPolicy(arn);
  return policy ? { boundary: policy } : {};
}

function read(document: string, by: string): readonly Statement[] | MalformedError {
  try {
    return parseStatements(document, by);
  } catch (error) {
    if (error instanceof MalformedError) return error;
    throw error;
  }
}

function take(found: readonly Statement[] | MalformedError | Unknown, statements: Statement[], unread: Unknown[]): void {
  if (found instanceof MalformedError) unread.push(unknown('malformed-response', found.message));
  else if ('state' in found) unread.push(found);
  else statements.push(...found);
}

/** Made since the list was, or one that AWS keeps for its own services. */
function unlisted(name: string): Unknown {
  return unknown('not-looked', `${name} is not among the policies that were read`);
}
