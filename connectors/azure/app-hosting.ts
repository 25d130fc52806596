// https://learn.microsoft.com/en-us/rest/api/appservice/certificates/list, https://learn.microsoft.com/en-us/rest/api/appservice/web-apps/list-basic-publishing-credentials-policies
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Child, childPages } from './children.ts';
import { type Json, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { date, dateOrAbsent, orExpired, propertiesOf, resourceCredential } from './resource-credential.ts';
import { servicesOf } from './service-estate.ts';
import type { Session } from './session.ts';

export const appServiceCertificateKind = defineKind({
  id: 'azure.appservice_certificate',
  title: 'App Service certificate',
  record: 'credential',
  proves: 'An app shows it to its visitors, or to the systems that it calls.',
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['certificate absent', 'revoked by its issuer, or no longer trusted where it was shown'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.keyvault_certificate'],
  },
});
export const publishingProfileKind = defineKind({
  id: 'azure.webapp_publishing_profile',
  title: 'Publishing password of an app',
  record: 'credential',
  proves: 'Whoever holds the value deploys code to the app, over FTP or the deployment site.',
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['allow is false for ftp and scm', 'or the publishing profile reset'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.keyvault_secret'],
  },
});

const listPolicies = { call: 'GET {siteId}/basicPublishingCredentialsPolicies', permission: 'Reader' } as const;

type Item = Child | { readonly certificate: Json };

export const appHosting = defineSurface<Session, Item>({
  id: 'azure.app_hosting',
  title: 'Certificates and publishing passwords of App Service',
  source: 'https://learn.microsoft.com/en-us/rest/api/appservice/web-apps/list-basic-publishing-credentials-policies',
  level: 'tenant',
  kinds: [
    {
      kind: appServiceCertificateKind,
      facts: { expiresAt: 'exposed', notBefore: 'exposed', fingerprint: 'exposed', purpose: 'from-tags', owner: 'from-tags' },
    },
    { kind: publishingProfileKind, facts: { expiresAt: 'never', notBefore: 'never', purpose: 'from-tags', owner: 'from-tags' } },
  ],
  operations: [resourcesOperation, listPolicies],
  list,
  normalize: (item, seen) => ('certificate' in item ? [certificateOf(item.certificate, seen)] : [passwordOf(item, seen)]),
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  for await (const page of servicesOf(session, 'microsoft.web/certificates')) yield page.map((certificate) => ({ certificate }));
  yield* childPages(session, look, {
    type: 'microsoft.web/sites',
    noun: 'basicPublishingCredentialsPolicies',
    version: '2023-12-01',
    operation: listPolicies,
  });
}

function certificateOf(row: Json, seen: Seen<Session>): InventoryRecord {
  const expiresAt = date(row['expirationDate']);
  const print = text(row['thumbprint']);
  return resourceCredential(
    {
      kind: appServiceCertificateKind,
      id: required(text(row['id']), 'id'),
      name: required(text(row['name']), 'name'),
      status: orExpired('active', expiresAt, seen.observedAt),
      parent: row,
      operation: resourcesOperation.call,
      told: {
        expiresAt,
        notBefore: dateOrAbsent(row['issueDate']),
        ...(print === undefined ? {} : { fingerprint: known(print.toUpperCase()) }),
      },
      details: { issuer: row['issuer'], subject: row['subjectName'], fromKeyVault: text(row['keyVaultId']) !== undefined },
    },
    seen,
  );
}

/** One password for both ways in; each way is allowed or not by a policy of its own. */
function passwordOf({ parent, raw }: Child, seen: Seen<Session>): InventoryRecord {
  const way = required(text(raw['name']), 'name');
  const { allow } = propertiesOf(raw);
  return resourceCredential(
    {
      kind: publishingProfileKind,
      id: required(text(raw['id']), 'id'),
      name: `${text(parent['name']) ?? ''} ${way}`.trim(),
      status: allow === false ? 'inactive' : allow === true ? 'active' : 'unknown',
      parent,
      operation: listPolicies.call,
      told: {
        rotatedAt: unknown('not-offered', 'the password is dated nowhere that can be read without its value'),
        expiresAt: absent(),
        notBefore: absent(),
      },
      details: { way },
    },
    seen,
  );
}
