// https://learn.microsoft.com/en-us/rest/api/appservice/web-apps/list-basic-publishing-credentials-policies
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { childPages } from './children.ts';
import { type Json, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { propertiesOf, resourceCredential } from './resource-credential.ts';
import type { Session } from './session.ts';

export const publishingProfileKind = defineKind({
  id: 'azure.webapp_publishing_profile',
  title: 'Publishing password of an app',
  record: 'credential',
  proves: 'Whoever holds the value deploys code to the app, over FTP or the deployment site.',
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['allow is false for ftp and scm, or the publishing profile reset'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.keyvault_secret'],
  },
});

const listPolicies = { call: 'GET {siteId}/basicPublishingCredentialsPolicies', permission: 'Reader' } as const;

/** A site or slot, and whether each way in takes its publishing password: `ftp`, and `scm`, the deployment site. */
type Item = { readonly site: Json; readonly ways: readonly Json[] };

export const publishingProfile = defineSurface<Session, Item>({
  id: 'azure.publishing_profile',
  title: 'Publishing passwords of App Service',
  source: 'https://learn.microsoft.com/en-us/rest/api/appservice/web-apps/list-basic-publishing-credentials-policies',
  level: 'tenant',
  kinds: [{ kind: publishingProfileKind, facts: { expiresAt: 'never', notBefore: 'never', purpose: 'from-tags', owner: 'from-tags' } }],
  operations: [resourcesOperation, listPolicies],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const policies = { noun: 'basicPublishingCredentialsPolicies', version: '2023-12-01', operation: listPolicies } as const;
  for (const type of ['microsoft.web/sites', 'microsoft.web/sites/slots'] as const) {
    for await (const page of childPages(session, look, { type, ...policies })) {
      const [first] = page;
      if (first) yield [{ site: first.parent, ways: page.map(({ raw }) => raw) }];
    }
  }
}

function normalize({ site, ways }: Item, seen: Seen<Session>): readonly InventoryRecord[] {
  const allowed = Object.fromEntries(ways.map((way) => [required(text(way['name']), 'name'), propertiesOf(way)['allow']]));
  return [
    resourceCredential(
      {
        kind: publishingProfileKind,
        id: `${required(text(site['id']), 'id')}/publishingPassword`,
        name: required(text(site['name']), 'name'),
        status: statusOf(Object.values(allowed)),
        parent: site,
        operation: listPolicies.call,
        told: {
          rotatedAt: unknown('not-offered', 'the password is dated nowhere that can be read without its value'),
          expiresAt: absent(),
          notBefore: absent(),
        },
        details: { ftp: allowed['ftp'], scm: allowed['scm'] },
      },
      seen,
    ),
  ];
}

/** One way that takes the password is enough; a way that does not say is not closed. */
function statusOf(allowed: readonly unknown[]): Status {
  if (allowed.includes(true)) return 'active';
  return allowed.every((each) => each === false) ? 'inactive' : 'unknown';
}
