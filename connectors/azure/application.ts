// https://learn.microsoft.com/en-us/graph/api/application-list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { privilegeFields } from '../../src/connector/privilege.ts';
import { type Fact, absent } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { type Holder, certificateFacts, certificateRecord, secretFacts, secretRecord } from './app-credential.ts';
import { appCertificate, appRegistration, appSecret } from './application-kinds.ts';
import { applicationPages, listApplications } from './application-pages.ts';
import { type ApplicationReaches, applicationReachOperations, applicationReachesIn, reachOfApplication } from './application-reach.ts';
import { isBlueprint } from './agent-blueprint.ts';
import { directoryStatus } from './directory-status.ts';
import { directoryTags } from './directory-tags.ts';
import { type Json, described, listed, text } from './json.ts';
import { ownerEvidence, ownerlessIn, ownerlessOperation, ownersUnlessNone } from './ownerless.ts';
import { type Owners, ownerFields, ownersOperation } from './owners.ts';
import {
  type PrincipalSignIns,
  isUsedElsewhere,
  lastSignInEvidence,
  lastSignInOf,
  principalSignInOperation,
  principalSignIns,
  unlessElsewhere,
} from './principal-sign-ins.ts';
import { purposeOf } from './purpose.ts';
import { reachEvidence } from './reach.ts';
import type { Session } from './session.ts';
import { type SignInReport, signInOperation } from './sign-in-report.ts';
import { textTime } from './text-time.ts';

export const registrationFacts = {
  createdAt: 'exposed',
  lastUsedAt: 'exposed',
  expiresAt: 'never',
  purpose: 'exposed',
  privilege: 'exposed',
  owner: 'exposed',
} as const satisfies SurfaceKind['facts'];

type Shared = ApplicationReaches & {
  readonly signIns: Fact<SignInReport>;
  readonly lastSignIns: Fact<PrincipalSignIns>;
};
type Item = Shared & { readonly application: Json; readonly owners: Fact<Owners> };

export const application = defineSurface<Session, Item>({
  id: 'azure.application',
  title: 'App registrations with their secrets and certificates',
  source: 'https://learn.microsoft.com/en-us/graph/api/application-list',
  level: 'tenant',
  kinds: [
    { kind: appRegistration, facts: registrationFacts },
    { kind: appSecret, facts: secretFacts },
    { kind: appCertificate, facts: certificateFacts },
  ],
  operations: [
    listApplications,
    ownerlessOperation('applications'),
    ownersOperation('applications'),
    signInOperation,
    principalSignInOperation,
    ...applicationReachOperations,
  ],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const [ownerless, shared] = await Promise.all([ownerlessIn('applications', session, look), sharedIn(session, look)]);
  for await (const page of applicationPages(session)) {
    const holders = page.filter((each) => holdsCredentials(each)).flatMap(({ id }) => text(id) ?? []);
    const owners = await ownersUnlessNone('applications', holders, ownerless, session, look);
    yield page.map((each) => ({ ...shared, application: each, owners: owners(text(each['id']) ?? '') }));
  }
}

async function sharedIn(session: Session, look: Look): Promise<Shared> {
  const [signIns, lastSignIns, reaches] = await Promise.all([
    look.learn(() => session.signIns()),
    look.learn(() => principalSignIns(session)),
    applicationReachesIn(session, look),
  ]);
  return { signIns, lastSignIns, ...reaches };
}

function holdsCredentials({ passwordCredentials, keyCredentials }: Json): boolean {
  return [passwordCredentials, keyCredentials].some((each) => Array.isArray(each) && each.length > 0);
}

function normalize(item: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const { application: raw, owners, signIns } = item;
  const id = required(text(raw['id']), 'id');
  const secrets = listed(raw['passwordCredentials'], 'passwordCredentials');
  const certificates = listed(raw['keyCredentials'], 'keyCredentials');
  const name = text(raw['displayName']) ?? id;
  const status = directoryStatus(raw);
  const operation = listApplications.call;
  const elsewhere = isUsedElsewhere(raw);
  const reach = reachOfApplication(raw, item);
  const lastUsedAt = unlessElsewhere(lastSignInOf(item.lastSignIns, raw['appId']), elsewhere, observedAt);
  const place = { id, name, scope: session.scope, status, managedBy: 'customer' } as const;
  const holder: Holder = { ...place, operation, observedAt, signIns, reach, isUsedElsewhere: elsewhere };
  return [
    ...(isBlueprint(raw)
      ? []
      : [
          identity({
            ...place,
            kind: appRegistration.id,
            provider: 'azure',
            createdAt: textTime(raw['createdDateTime']),
            lastUsedAt,
            expiresAt: absent(),
            purpose: purposeOf(raw),
            ...privilegeFields(reach),
            ...ownerFields(owners),
            tags: directoryTags(raw),
            evidence: [
              { operation, observedAt, fields: ['status', 'createdAt', 'purpose', 'tags'] },
              ...ownerEvidence('applications', owners).map((call) => ({ operation: call, observedAt, fields: ['owners'] })),
              ...lastSignInEvidence(item.lastSignIns, lastUsedAt),
              ...reachEvidence(reach, observedAt),
            ],
            details: detailsOf(raw),
          }),
        ]),
    ...secrets.map((secret) => secretRecord(appSecret.id, secret, holder)),
    ...certificates.map((certificate) => certificateRecord(appCertificate.id, certificate, holder)),
  ];
}

function detailsOf(raw: Json): Record<string, string> {
  return described({
    appId: raw['appId'],
    signInAudience: raw['signInAudience'],
    publisherDomain: raw['publisherDomain'],
    createdByAppId: raw['createdByAppId'],
    disabledByMicrosoft: raw['disabledByMicrosoftStatus'],
    notes: raw['notes'],
  });
}
