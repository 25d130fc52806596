import { type Look, type Operation, type Seen, type Surface, type SurfaceKind, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Known, type Unknown, absent, known, unknown } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { type Activities, type ActivityType, lastUseOf } from './activity.ts';
import { type Json, isSet, textIn } from './answer.ts';
import { type Roles, learnRoles, privilegeOf } from './account-privilege.ts';
import { call } from './operation.ts';
import { learnProject, scopeOfProject } from './project.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/list
export const serviceAccountKind = defineKind({
  id: 'gcp.service_account',
  title: 'Google Cloud service account',
  record: 'identity',
  proves: 'A workload that acts with the roles granted to the service account.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: {
      // A read by the wildcard project `-` answers 403 for what is gone, so it proves nothing.
      seen: ['projects.serviceAccounts.get under its project shows it disabled, or answers 404'],
      // Tokens of a disabled or deleted service account are refused at once.
      tokensLive: null,
    },
    takesWith: ['gcp.service_account_key'],
    leavesBehind: [],
  },
});

const kinds: readonly SurfaceKind[] = [
  {
    kind: serviceAccountKind,
    facts: {
      createdAt: 'not-offered',
      lastUsedAt: 'exposed',
      expiresAt: 'never',
      purpose: 'exposed',
      privilege: 'exposed',
      owner: 'from-tags',
    },
  },
];

export const getProjectPolicy: Operation = {
  call: call.getProjectPolicy,
  permission: 'resourcemanager.projects.getIamPolicy',
  facts: ['privilege'],
};

export const listServiceAccounts = {
  call: call.listServiceAccounts,
  permission: 'iam.serviceAccounts.list',
};

type RawAccount = {
  readonly item: Json;
  readonly activities: Known<Activities> | Unknown;
  readonly roles: Known<Roles> | Unknown;
};
type Raw = RawAccount | { readonly project: Known<Json> | Unknown };

export const serviceAccount: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.service_account',
  title: 'Service accounts',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/list',
  level: 'project',
  kinds,
  operations: [
    listServiceAccounts,
    {
      call: call.queryServiceAccountUse,
      permission: 'policyanalyzer.serviceAccountLastAuthenticationActivities.query',
      facts: ['lastUsedAt'],
    },
    getProjectPolicy,
    { call: call.getProject, permission: 'resourcemanager.projects.get', facts: ['owner'] },
  ],
  list,
  normalize: (raw, seen) => ['project' in raw ? scopeOfProject(raw.project, seen.session, seen.observedAt) : normalize(raw, seen)],
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  let isTold = session.isTold;
  for await (const page of session.serviceAccounts) {
    // Only once the list can be read, so that a closed one stays one of which nothing was seen.
    if (!isTold) yield [{ project: await learnProject(session, look) }];
    isTold = true;
    const isEmpty = page.length === 0;
    const activities = isEmpty ? unknown('not-looked') : await learnActivities(session, look, 'serviceAccountLastAuthentication');
    const roles = isEmpty ? unknown('not-looked') : await learnRoles(session, look);
    yield page.map((item) => ({ item, activities, roles }));
  }
}

function normalize({ item, activities, roles }: RawAccount, { session, observedAt }: Seen<Session>): Identity {
  const account = readAccount(item);
  const { lastUsedAt, asOf } = lastUseOf(activities, [account.uniqueId, account.email]);
  const description = textIn(item, 'description');
  const displayName = textIn(item, 'displayName');
  const creator = creatorOf(account.email);
  const reach = privilegeOf(roles, account.email, session.project);
  const evidence: Provenance[] = [
    {
      operation: call.listServiceAccounts,
      observedAt,
      fields: ['name', 'status', 'purpose'],
    },
    ...(lastUsedAt.state === 'unknown'
      ? []
      : [
          {
            operation: call.queryServiceAccountUse,
            observedAt: asOf ?? observedAt,
            fields: ['lastUsedAt'],
          },
        ]),
    ...(reach.privilege.state === 'unknown' ? [] : [{ operation: call.getProjectPolicy, observedAt, fields: ['privilege'] }]),
  ];
  return identity({
    id: account.name,
    kind: serviceAccountKind.id,
    provider: 'gcp',
    scope: session.scope,
    name: account.email,
    status: account.isDisabled ? 'inactive' : 'active',
    managedBy: creator === undefined ? 'customer' : 'service',
    createdAt: unknown('not-offered'),
    lastUsedAt,
    expiresAt: absent(),
    purpose: description === undefined ? absent() : known(description),
    ...reach,
    owners: [],
    // Google gives service accounts no labels.
    tags: {},
    evidence,
    details: {
      uniqueId: account.uniqueId,
      ...(displayName === undefined ? {} : { displayName }),
      ...(creator === undefined ? {} : { defaultOf: creator }),
    },
  });
}

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

/** A refusal, or an API that is off, costs the last use only. */
export async function learnActivities(session: Session, look: Look, type: ActivityType): Promise<Known<Activities> | Unknown> {
  const activities = await look.learn(async () => known(await session.activities(type)));
  return activities.state === 'absent' ? unknown('not-offered') : activities;
}

/** The service that made a default service account by itself. https://cloud.google.com/iam/docs/service-account-types#default */
function creatorOf(email: string): string | undefined {
  if (/^\d+-compute@developer\.gserviceaccount\.com$/.test(email)) return 'Compute Engine';
  if (email.endsWith('@appspot.gserviceaccount.com')) return 'App Engine';
  return undefined;
}
